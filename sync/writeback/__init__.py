"""From judgement to a plan of edits, and the plan as text."""
