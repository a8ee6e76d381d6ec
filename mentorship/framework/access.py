from mentorship.accounts.access import needs
from mentorship.accounts.permissions import Permission

READERS = needs(Permission.FRAMEWORK_VIEW)
EDITORS = needs(Permission.FRAMEWORK_EDIT)
