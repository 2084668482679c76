"""What organisers and moderators open in the admin."""
