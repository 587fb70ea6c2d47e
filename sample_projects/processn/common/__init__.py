"""What every domain of this project shares."""
