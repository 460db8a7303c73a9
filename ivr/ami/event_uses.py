"""Which AMI events are used, and by whom. `make docs` writes Asterisk's files from it.

Asterisk makes an event for everything that happens to a call, and wakes each session of AMI for it,
whether it reads it or not. `disabledevents` in manager.conf spares it that, for all sessions.
"""

SERVICE = (
    "UserEvent",
    "QueueCallerJoin",
    "QueueCallerAbandon",
    "QueueMemberAdded",
    "QueueMemberRemoved",
    "QueueMemberPause",
    "QueueMemberStatus",
    "AgentCalled",
    "AgentRingNoAnswer",
    "AgentConnect",
    "AgentComplete",
    "BlindTransfer",
    "AttendedTransfer",
    "Hangup",
    "Shutdown",
)
"""What the service reads; the filters of its AMI user name them."""
STEERING = (
    "DeviceStateChange",
    "Hold",
    "QueueCallerLeave",
    "Unhold",
)
"""What tells of agents and of who waits: made everywhere."""
TESTS = (
    "MusicOnHoldStart",
    "MusicOnHoldStop",
    "Newchannel",
    "Newexten",
    "OriginateResponse",
    "TestEvent",
)
"""What test calls watch, and nobody else: made only where the AMI user of test calls is."""
NOBODY = (
    "AGIExecEnd",
    "AGIExecStart",
    "BridgeCreate",
    "BridgeDestroy",
    "BridgeEnter",
    "BridgeLeave",
    "BridgeMerge",
    "ChallengeResponseFailed",
    "ChallengeSent",
    "ContactStatus",
    "DialBegin",
    "DialEnd",
    "DialState",
    "ExtensionStatus",
    "HangupHandlerPop",
    "HangupHandlerPush",
    "HangupHandlerRun",
    "HangupRequest",
    "LocalBridge",
    "MessageWaiting",
    "NewAccountCode",
    "NewCallerid",
    "NewConnectedLine",
    "Newstate",
    "PeerStatus",
    "RTCPReceived",
    "RTCPSent",
    "SoftHangupRequest",
    "SuccessfulAuth",
    "VarSet",
)
"""What comes with calls and is of no use to us."""
KEYS = ("DTMFBegin", "DTMFEnd")
"""The keys that a caller presses: they may be a PIN, and are made nowhere."""
