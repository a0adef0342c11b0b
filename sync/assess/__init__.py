"""The judgement: what each goal's numbers, dates and history say."""
