"""What a version of the policy is called: a hash of the two files that it is made of."""

import hashlib

LENGTH = 12  # characters


def version_of(policy: str, agents: str) -> str:
    """The name of the version that these texts of policy.yaml and agents.yaml are."""
    return hashlib.sha256("\0".join((policy, agents)).encode()).hexdigest()[:LENGTH]
