"""Copies of a leaflet with the findings at their places: comments in Word files, highlights in PDF files."""
