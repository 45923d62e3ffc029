"""Visits as FHIR R4: what of them may leave, the Bundle of one visit, and the conversation with a server."""
