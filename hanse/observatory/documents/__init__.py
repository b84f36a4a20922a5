"""What leaves the observatory: sheets of figures, maps as files, portraits on paper."""
