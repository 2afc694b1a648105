"""How days and times are written: the day first, the month in letters, so that no order can be mistaken."""

DATE_FORMAT = "j. F Y"
DATETIME_FORMAT = "j. F Y, H:i"
