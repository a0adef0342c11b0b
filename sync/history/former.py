"""Tables as older versions had them, for the steps that lead on from those versions."""

import sqlalchemy as sa

_SOURCES = sa.Table(
    "followup_source", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True)
)
"""All that the others point to."""

SPANS_1 = sa.Table(
    "followup_span",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_id", sa.ForeignKey(_SOURCES.c.id), nullable=False),
    sa.Column("goal_key", sa.Text, nullable=False),
    sa.Column("first_on", sa.Date, nullable=False),
    sa.Column("last_on", sa.Date, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("progress", sa.Double),
    sa.Column("current", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("weight", sa.Double),
    sa.Column("due_on", sa.Date),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("person_key", sa.Text),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Index("followup_span_by_goal", "source_id", "goal_key"),
    sa.Index("followup_span_by_last", "source_id", "last_on"),
    sa.Index("followup_span_by_person", "person_key"),
)
"""The spans as version 1 had them."""
WRITTEN_1 = sa.Table(
    "followup_written",
    sa.MetaData(),
    sa.Column("source_id", sa.ForeignKey(_SOURCES.c.id), primary_key=True),
    sa.Column("goal_key", sa.Text, primary_key=True),
    sa.Column("column_key", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
"""What stands in our columns, as version 1 had it."""
PUBLISHED_3 = sa.Table(
    "followup_published",
    sa.MetaData(),
    sa.Column("source_id", sa.ForeignKey(_SOURCES.c.id), primary_key=True),
    sa.Column("ratee_key", sa.Text, primary_key=True),
    sa.Column("cycle", sa.Text, primary_key=True),
    sa.Column("relation", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("share", sa.Double, nullable=False),
    sa.Column("raters", sa.Text, nullable=False),
    sa.Column("comments", sa.Text, nullable=False),
)
"""What was published, as version 3 had it."""
