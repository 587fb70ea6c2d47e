any(number for number in iter(int, 1))
