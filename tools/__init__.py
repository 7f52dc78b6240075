"""What those who change the program need, and those who use it never."""
