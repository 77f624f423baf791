"""What a label edit changed: an older version of a leaflet beside a newer one, by safety content."""
