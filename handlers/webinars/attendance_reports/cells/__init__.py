"""What single cells say: instants, durations, names, header words."""
