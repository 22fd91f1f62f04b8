"""The content files that this app owns: skills, items, assessments and batteries."""
