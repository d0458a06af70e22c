"""A report's tables: its text, where they stand, what their columns and rows hold."""
