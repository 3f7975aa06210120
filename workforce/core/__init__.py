"""What every app shares and none owns."""
