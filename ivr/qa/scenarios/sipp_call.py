"""Callers whom no telephone would let say what they say: SIPp sends their SIP as it stands."""

import re

from ivr.errors import LabError
from ivr.qa.scenarios.form import Call

_PLAIN_NUMBER = re.compile(r"\+?[0-9]{0,30}", re.ASCII)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9 .'-]{0,60}", re.ASCII)
_HOLD_SECONDS = 2.5
_TEMPLATE = """<?xml version="1.0" encoding="UTF-8"?>
<scenario name="caller">
  <send retrans="500"><![CDATA[
INVITE sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {shown}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:sipp@[local_ip]:[local_port]>
Max-Forwards: 70
{more}Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio 16000 RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="400" optional="true" next="turned-away"/>
  <recv response="403" optional="true" next="turned-away"/>
  <recv response="404" optional="true" next="turned-away"/>
  <recv response="484" optional="true" next="turned-away"/>
  <recv response="503" optional="true" next="turned-away"/>
  <recv response="200" rrs="true" timeout="15000"/>
  <send><![CDATA[
ACK sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {shown}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv request="BYE" timeout="{hold}" ontimeout="hang-up"/>
  <send next="end"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
  <label id="hang-up"/>
  <send retrans="500"><![CDATA[
BYE sip:{to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: {shown}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
To: <sip:{to}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
  <recv response="200" timeout="4000" ontimeout="end" next="end"/>
  <label id="turned-away"/>
  <send next="end"><![CDATA[
ACK sip:{to}@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: {shown}<sip:{caller}@[local_ip]:[local_port]>;tag=[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>
  <label id="end"/>
</scenario>
"""


def is_needed(call: Call) -> bool:
    """Whether the carrier's Asterisk could not place this call as it is."""
    numbers = all(_PLAIN_NUMBER.fullmatch(number) for number in (call.from_, call.to))
    bad_signature = call.attestation in ("expired", "forged", "other number")
    return not numbers or not _PLAIN_NAME.fullmatch(call.shown) or bad_signature or bool(call.headers)


def scenario(call: Call, headers: str = "") -> str:
    """SIPp's scenario for the call, with its own headers and these. It waits, talks and hangs up; it presses no keys.

    Raises LabError for a caller who is to do more than that.
    """
    if call.withheld or any(step.wait is step.talk is step.hang_up is None for step in call.steps):
        raise LabError("SIPp places this call as it is written: its caller can only wait, talk and hang up")
    hold = sum(step.wait or step.talk or 0 for step in call.steps) or _HOLD_SECONDS
    quoted = call.shown.replace("\\", "\\\\").replace('"', '\\"')
    shown = f'"{quoted}" ' if call.shown else ""
    return _TEMPLATE.format(
        to=_sip(call.to), caller=_sip(call.from_), shown=_sip(shown), hold=round(hold * 1000),
        more=headers.replace("\r\n", "\n") + "".join(f"{_sip(line)}\n" for line in call.headers),
    )  # fmt: skip


def _sip(text: str) -> str:
    """As it is, but for what SIPp would take for one of its keywords, or for the end of the message."""
    return text.replace("[", "%5B").replace("]", "%5D")
