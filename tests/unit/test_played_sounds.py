"""Which sounds the doctor looks for: those that the dialplan and the policy name."""

from pathlib import Path

from ivr.application.doctor.sounds import played
from ivr.policy.texts import Texts
from ivr.service.doctor_adapters import PolicyFolder

DIALPLAN = """\
[ivr] ; Playback(remark)
exten => s,1,Playback(ivr/position-${CALL_PLACE}&hello)
 same => n,Read(TYPED,ivr/number,20)
 same => n,ExecIf($["${IVR_SAY}" != ""]?Playback(${URIDECODE(${IVR_SAY})}))
#include /etc/ivr/more.conf
"""
POLICY = """\
greeting: none
entry-points:
  main: {numbers: ["1000"], greeting: hello}
treatments:
  general:
    announce: {every: 60, say: [position, wait]}
    steps:
      - after: 60
        say:
          - ivr/still-waiting
menus:
  service: {sound: ivr/menu-service}
"""


def test_the_sounds_of_dialplan_and_policy(tmp_path: Path) -> None:
    (tmp_path / "ivr.conf").write_text(DIALPLAN, encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    found = {(sound, where.removeprefix(f"{tmp_path}/")) for sound, where in played(PolicyFolder(tmp_path))}
    assert found == {
        ("ivr/position-*", "ivr.conf:2"),
        ("hello", "ivr.conf:2"),
        ("ivr/number", "ivr.conf:3"),
        ("hello", "policy.yaml:3"),
        ("ivr/position-*", "policy.yaml:6"),
        ("ivr/wait-*", "policy.yaml:6"),
        ("ivr/still-waiting", "policy.yaml:10"),
        ("ivr/menu-service", "policy.yaml:12"),
    }


def test_what_is_published_counts_for_the_files(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    published = Texts("greeting: shop/hello\n", "agents: []\n")
    assert list(played(PolicyFolder(tmp_path), published)) == [("shop/hello", f"policy {published.version}:1")]
    same = Texts(POLICY, "agents: []\n")
    assert list(played(PolicyFolder(tmp_path), same)) == list(played(PolicyFolder(tmp_path)))


def test_a_policy_that_cannot_be_read_names_nothing(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("a: [", encoding="utf-8")
    assert list(played(PolicyFolder(tmp_path))) == []
