"""When people were there: which day, which zone, which hours."""
