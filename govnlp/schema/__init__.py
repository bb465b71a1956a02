"""The canonical schema: indicators, facts, evidence, reports, forms and identities."""
