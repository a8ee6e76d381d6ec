"""Passkeys (WebAuthn): the questions a browser is asked, and whether its answer is right. No row is touched here."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

UNREADABLE = Exception  # a stranger may send anything: whatever the library trips over, the answer is no


@dataclass(frozen=True)
class Site:
    """Where the browser is: a passkey made for one host is of no use to another."""

    host: str
    origin: str

    @property
    def takes_passkeys(self) -> bool:
        """Browsers refuse them for bare numbers such as 127.0.0.1."""
        try:
            ipaddress.ip_address(self.host.strip("[]"))
        except ValueError:
            return True
        return False


def site_of(request) -> Site:
    """From the Host header, which Django has checked against ALLOWED_HOSTS."""
    origin = f"{request.scheme}://{request.get_host()}"
    return Site(host=urlsplit(origin).hostname or "", origin=origin)


def question_to_make(site: Site, *, user_id: bytes, account: str, name: str, issuer: str, known: list[str]) -> dict:
    """Options for `navigator.credentials.create`; `known` are the ids of keys that the person has already."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=issuer,
        user_id=user_id,
        user_name=account,
        user_display_name=name,
        exclude_credentials=descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json_dict(options)


def question_to_show(site: Site, *, known: list[str]) -> dict:
    """Options for `navigator.credentials.get`."""
    options = webauthn.generate_authentication_options(rp_id=site.host, allow_credentials=descriptors(known))
    return options_to_json_dict(options)


def descriptors(ids: list[str]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each)) for each in ids]


def made(answer: str, *, challenge: str, site: Site) -> tuple[str, bytes, int] | None:
    """(id, public key, count) of a new passkey, or None when the answer is not one to our question."""
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except UNREADABLE:
        return None
    return bytes_to_base64url(found.credential_id), found.credential_public_key, found.sign_count


def id_in(answer: str) -> str:
    """Which passkey the answer speaks for; not checked yet."""
    try:
        return webauthn.helpers.parse_authentication_credential_json(answer).id
    except UNREADABLE:
        return ""


def shown(answer: str, *, challenge: str, site: Site, public_key: bytes, count: int) -> int | None:
    """The new count of the passkey, or None when it didn't sign our question (or was copied)."""
    try:
        found = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=count,
        )
    except UNREADABLE:
        return None
    return found.new_sign_count
