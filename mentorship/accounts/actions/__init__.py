from .acting import end_assistant, name_assistant, start_acting, stop_acting
from .cards import fresh_card, issue_card, revoke_card, sign_in_by_card
from .factors import (
    add_passkey,
    clear_second_factor,
    remove_authenticator,
    remove_passkey,
    rename_passkey,
    renew_recovery_codes,
    set_authenticator,
    show_code,
    show_passkey,
)
from .passwords import change_account, change_password, deactivate, open_account, reactivate, reset_password
from .roles import grant_role, open_account_with_role, revoke_role
from .uploads import count_upload

__all__ = [
    "add_passkey",
    "change_account",
    "change_password",
    "clear_second_factor",
    "count_upload",
    "deactivate",
    "end_assistant",
    "fresh_card",
    "grant_role",
    "issue_card",
    "name_assistant",
    "open_account",
    "open_account_with_role",
    "reactivate",
    "remove_authenticator",
    "remove_passkey",
    "rename_passkey",
    "renew_recovery_codes",
    "reset_password",
    "revoke_card",
    "revoke_role",
    "set_authenticator",
    "show_code",
    "show_passkey",
    "sign_in_by_card",
    "start_acting",
    "stop_acting",
]
