import io

from handlers.people.roster_csv import read_roster, write_roster
from loyalty.people.directory import ListedPerson
from loyalty.people.roster import RosterRow

PEOPLE = (
    ListedPerson(external_id="ania", email="ania@x.example", name='Ania "A" Nowak, dr', role="champion", joined=True),
    ListedPerson(external_id=None, email="jan@x.example", name=None, role="user", joined=False),
    ListedPerson(external_id="jun", email=None, name=None, role="user", joined=False),
)


def test_a_roster_that_is_written_is_read_back() -> None:
    text = write_roster(PEOPLE)
    assert text == 'id,email,name,role\nania,ania@x.example,"Ania ""A"" Nowak, dr",champion\njun,,,user\n'
    assert read_roster(io.BytesIO(text.encode())) == [
        RosterRow(line=2, external_id="ania", email="ania@x.example", name='Ania "A" Nowak, dr', role="champion"),
        RosterRow(line=3, external_id="jun", role="user"),
    ]
