"""What this app holds about people (mentorship.common.personal): nothing. Jobs tell counts, not names."""

from mentorship.common.personal import plain

TABLES = [plain("upkeep.JobRun", "job slot state tries lease_until retry_at started_at finished_at said")]
