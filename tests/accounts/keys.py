"""People with a second factor, and a passkey in software, for the tests of signing in."""

import hashlib
import json
import struct
import time

import cbor2
import pyotp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from webauthn.helpers import bytes_to_base64url

from mentorship.accounts import actions, codes
from mentorship.accounts.models import Authenticator
from mentorship.accounts.sessions import LOOKED
from tests.factories.ground import PASSWORD

LOGIN = "/accounts/login/"
HTML = {"headers": {"accept": "text/html"}}


def code_now(user, *, shift: int = 0) -> str:
    """What the person's app shows now, or `shift` half minutes from now."""
    secret = codes.unseal(Authenticator.objects.get(user=user).secret)
    return pyotp.HOTP(secret).at(int(time.time()) // codes.SECONDS + shift)


def with_authenticator(user):
    """Set up some time ago: no code of these minutes has been used."""
    secret = codes.new_secret()
    actions.set_authenticator(by=user, secret=secret, code=pyotp.TOTP(secret).now())
    Authenticator.objects.filter(user=user).update(last_step=0)
    return user


def password_given(user, **extra) -> Client:
    """A browser after the password, whatever comes next."""
    client = Client()
    client.post(LOGIN, {"username": user.username, "password": PASSWORD}, **extra)
    return client


def wholly_in(user) -> Client:
    client = password_given(user)
    if user.has_second_factor:
        client.post("/accounts/code/", {"code": code_now(user)})
        Authenticator.objects.filter(user=user).update(last_step=0)
    return client


def set_in_session(client: Client, **values) -> None:
    session = client.session
    for name, value in values.items():
        session[name] = value
    session.save()


def looked_long_ago(client: Client) -> None:
    set_in_session(client, **{LOOKED: time.time() - 601})


class SoftKey:
    """What a phone does with a passkey: keeps a private key, and signs what it is asked."""

    def __init__(self, origin="http://testserver", host="testserver"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id, self.count = hashlib.sha256(str(id(self)).encode()).digest(), 0
        self.origin, self.host = origin, host

    def make(self, question: dict) -> str:
        numbers = self.private.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(public)
        data = self.about(flags=0x41) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client_data = self.client_data("webauthn.create", question)
        return self.answer(clientDataJSON=client_data, attestationObject=statement)

    def show(self, question: dict) -> str:
        self.count += 1
        data, client_data = self.about(flags=0x01), self.client_data("webauthn.get", question)
        signed = self.private.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self.answer(clientDataJSON=client_data, authenticatorData=data, signature=signed)

    def about(self, *, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + struct.pack(">I", self.count)

    def client_data(self, kind: str, question: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": question["challenge"], "origin": self.origin}).encode()

    def answer(self, **response: bytes) -> str:
        own = bytes_to_base64url(self.id)
        packed = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": packed})
