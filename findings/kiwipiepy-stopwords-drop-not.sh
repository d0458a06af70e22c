#!/usr/bin/env bash
# Library: kiwipiepy 0.24.1 with kiwipiepy_model 0.24.0 (tokenizer of Korean)
#
# What one would guess: the ready-made stop words (kiwipiepy.utils.Stopwords)
#   hold particles and endings. Words that carry the sense of a sentence stay;
#   "there is" and "there is not" are either both kept or both dropped.
# What happens: 않 (the "not" of a verb) and 없 (there is not) are on the list,
#   as are 아니 (is not) and 사람 (person). 있 is on it as a verb but not as the
#   adjective which the tokenizer finds, so "there is" stays and "there is not"
#   goes. "It is not good" and "it is good" become the very same tokens. The
#   short "not", 안 and 못, is not on the list and stays.
# Why it matters: the list is passed as tokenize(stopwords=...) before themes or
#   moods are counted. Complaints of the long form then count as praise, those
#   of the short form do not.
# Seen on 2026-11-30:
#   좋아요 -> 좋 어요
#   좋지 않아요 -> 좋 어요
#   추천합니다 -> 추천 ᆸ니다
#   추천하지 않습니다 -> 추천 습니다
#   검색 기능이 있어요 -> 검색 기능 있 어요
#   검색 기능이 없어요 -> 검색 기능 어요
#   도움이 안 돼요 -> 도움 안 어요
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONIOENCODING=utf-8
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet kiwipiepy==0.24.1 kiwipiepy_model==0.24.0

cat > "$work/look.py" <<'PY'
import sys

from kiwipiepy import Kiwi
from kiwipiepy.utils import Stopwords

sentences = [
    "좋아요",
    "좋지 않아요",
    "추천합니다",
    "추천하지 않습니다",
    "검색 기능이 있어요",
    "검색 기능이 없어요",
    "도움이 안 돼요",
]
kiwi = Kiwi(num_workers=1)
stopwords = Stopwords()
seen = []
for sentence in sentences:
    tokens = kiwi.tokenize(sentence, stopwords=stopwords)
    seen.append(f"{sentence} -> " + " ".join(t.form for t in tokens))

noted = [
    "좋아요 -> 좋 어요",
    "좋지 않아요 -> 좋 어요",
    "추천합니다 -> 추천 ᆸ니다",
    "추천하지 않습니다 -> 추천 습니다",
    "검색 기능이 있어요 -> 검색 기능 있 어요",
    "검색 기능이 없어요 -> 검색 기능 어요",
    "도움이 안 돼요 -> 도움 안 어요",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: Kiwi's ready-made stop words no longer drop the words noted.")
print("As noted: 'not good' and 'good' are the same after Kiwi's own stop words.")
PY
"$work/venv/bin/python" "$work/look.py"
