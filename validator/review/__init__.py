"""What people have decided about findings: waivers, and the baseline of what was known before."""
