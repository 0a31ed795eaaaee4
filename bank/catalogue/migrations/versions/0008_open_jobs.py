"""An index of jobs that are not over"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Beginning a job looks at those of its kind that are not over, and at no others."""
    open_jobs = sa.text("state IN ('waiting', 'running')")
    op.create_index("ix_job_open", "job", ["kind", "id"], sqlite_where=open_jobs)


def downgrade() -> None:
    op.drop_index("ix_job_open", "job")
