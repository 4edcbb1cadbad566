"""Our side of each measurement, as a user of the package would write it."""
