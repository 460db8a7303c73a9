
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.calls (
    call_id character varying NOT NULL,
    linked_id character varying NOT NULL,
    caller_number character varying NOT NULL,
    dialled character varying NOT NULL,
    trunk character varying NOT NULL,
    sip_call_id character varying NOT NULL,
    rung character varying NOT NULL,
    segment character varying NOT NULL,
    routed_at double precision,
    queue character varying,
    priority integer,
    joined_at double precision,
    rings integer NOT NULL,
    agent character varying,
    interface character varying,
    connected_at double precision,
    wait_seconds double precision,
    talk_seconds double precision,
    hung_up_by character varying,
    ended_at double precision,
    outcome character varying NOT NULL,
    test boolean DEFAULT false NOT NULL,
    customer_id character varying DEFAULT ''::character varying NOT NULL
);

CREATE TABLE public.customers (
    customer_id character varying NOT NULL,
    name character varying NOT NULL,
    value double precision,
    potential double precision,
    need double precision,
    language character varying NOT NULL,
    tags character varying NOT NULL,
    preferred_agent character varying NOT NULL,
    blocked boolean NOT NULL,
    updated_at double precision NOT NULL,
    products character varying DEFAULT ''::character varying NOT NULL,
    contract character varying DEFAULT ''::character varying NOT NULL,
    customer_number character varying DEFAULT ''::character varying NOT NULL,
    pin_hash character varying DEFAULT ''::character varying NOT NULL,
    open_case boolean DEFAULT false NOT NULL,
    lapsed boolean DEFAULT false NOT NULL,
    prefers_self_service boolean DEFAULT false NOT NULL
)
WITH (vacuum_truncate='false');

CREATE TABLE public.decisions (
    call_id character varying NOT NULL,
    at double precision NOT NULL,
    customer_id character varying,
    segment character varying,
    queue character varying,
    priority integer NOT NULL,
    score double precision,
    rule character varying NOT NULL,
    reason character varying NOT NULL,
    route_ms double precision NOT NULL,
    lookup character varying NOT NULL,
    rung character varying NOT NULL,
    policy_version character varying NOT NULL,
    decision json NOT NULL,
    call json NOT NULL
);

CREATE TABLE public.facts (
    id bigint NOT NULL,
    call_id character varying NOT NULL,
    kind character varying NOT NULL,
    at double precision NOT NULL,
    data json NOT NULL
);

CREATE SEQUENCE public.facts_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.facts_id_seq OWNED BY public.facts.id;

CREATE TABLE public.members (
    queue character varying NOT NULL,
    interface character varying NOT NULL
);

CREATE TABLE public.phones (
    number character varying NOT NULL,
    customer_id character varying NOT NULL
)
WITH (vacuum_truncate='false');

CREATE TABLE public.pin_tries (
    id bigint NOT NULL,
    customer_id character varying NOT NULL,
    call_id character varying NOT NULL,
    at double precision NOT NULL,
    "right" boolean
);

CREATE SEQUENCE public.pin_tries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.pin_tries_id_seq OWNED BY public.pin_tries.id;

CREATE TABLE public.policy_publications (
    id bigint NOT NULL,
    version character varying NOT NULL,
    at double precision NOT NULL,
    author character varying NOT NULL,
    message character varying NOT NULL,
    kind character varying NOT NULL
);

CREATE SEQUENCE public.policy_publications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.policy_publications_id_seq OWNED BY public.policy_publications.id;

CREATE TABLE public.policy_versions (
    version character varying NOT NULL,
    policy character varying NOT NULL,
    agents character varying NOT NULL,
    first_seen_at double precision NOT NULL
);

ALTER TABLE ONLY public.facts ALTER COLUMN id SET DEFAULT nextval('public.facts_id_seq'::regclass);

ALTER TABLE ONLY public.pin_tries ALTER COLUMN id SET DEFAULT nextval('public.pin_tries_id_seq'::regclass);

ALTER TABLE ONLY public.policy_publications ALTER COLUMN id SET DEFAULT nextval('public.policy_publications_id_seq'::regclass);

INSERT INTO public.alembic_version VALUES ('0006');

INSERT INTO public.calls VALUES ('pbx1-1766658653.41', 'pbx1-1766658653.41', '+442079460002', '1001', 'carrier', '00000029-golden@carrier', 'live', 'standard', 1766658653.952, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1766658656.152, 'told', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1793611816.1', 'pbx1-1793611816.1', '+442079460001', '1000', 'carrier', '00000001-golden@carrier', 'live', 'premium', 1793611816.14, 'premium', 100, 1793611816.19, 1, 'Anna Berg', 'PJSIP/anna', 1793611819.49, 3.3, 40, 'caller', 1793611859.69, 'answered', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1793612431.2', 'pbx1-1793612431.2', '+4930901820050', '1000', 'carrier', '00000002-golden@carrier', 'live', 'premium', 1793612431.799, 'premium', 100, 1793612431.849, 1, 'Anna Berg', 'PJSIP/anna', 1793612435.149, 3.3, 40, 'caller', 1793612475.349, 'answered', false, 'G05');
INSERT INTO public.calls VALUES ('pbx1-1794218406.3', 'pbx1-1794218406.3', '030 901820050', '1004', 'carrier', '00000003-golden@carrier', 'live', 'premium', 1794218406.519, 'premium', 100, 1794218406.569, 1, 'Anna Berg', 'PJSIP/anna', 1794218409.869, 3.3, 40, 'caller', 1794218450.069, 'answered', false, 'G05');
INSERT INTO public.calls VALUES ('given-1', 'given-1', '+442079460002', '1000', 'carrier', '', 'live', '', 1794250783.3177266, 'general-queue', 10, 1794250784.3177266, 0, 'an agent', 'PJSIP/agent', 1795805989.8539474, 1555205.536, 60, 'caller', 1795906847.4916859, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794309301.4', 'pbx1-1794309301.4', '+442079460002', '1004', 'carrier', '00000004-golden@carrier', 'live', 'standard', 1794309301.934, 'general-queue', 10, 1794309301.984, 1, 'Anna Berg', 'PJSIP/anna', 1794309305.284, 3.3, 40, 'caller', 1794309345.484, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794378653.5', 'pbx1-1794378653.5', '+442079460003', '1004', 'carrier', '00000005-golden@carrier', 'live', 'at-risk', 1794378653.419, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794378655.619, 'told', false, 'G03');
INSERT INTO public.calls VALUES ('pbx1-1794525027.6', 'pbx1-1794525027.6', '+442079460002', '1004', 'carrier', '00000006-golden@carrier', 'live', 'standard', 1794525027.642, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794525029.842, 'told', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794571248.7', 'pbx1-1794571248.7', '+442079460007', '1004', 'carrier', '00000007-golden@carrier', 'live', '', 1794571248.805, 'general-de', 20, 1794571248.855, 1, 'Anna Berg', 'PJSIP/anna', 1794571252.155, 3.3, 40, 'caller', 1794571292.355, 'answered', false, 'G07');
INSERT INTO public.calls VALUES ('pbx1-1794646800.8', 'pbx1-1794646800.8', '+442079460012', '1004', 'carrier', '00000008-golden@carrier', 'live', 'standard', 1794646800.732, 'general-de', 20, 1794646800.782, 1, 'Anna Berg', 'PJSIP/anna', 1794646804.082, 3.3, 40, 'caller', 1794646844.282, 'answered', false, 'G12');
INSERT INTO public.calls VALUES ('pbx1-1794765568.9', 'pbx1-1794765568.9', '+442079460002', '1004', 'carrier', '00000009-golden@carrier', 'live', 'standard', 1794765568.292, 'general-queue', 10, 1794765568.342, 1, 'Anna Berg', 'PJSIP/anna', 1794765571.642, 3.3, 40, 'caller', 1794765611.842, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794823246.10', 'pbx1-1794823246.10', '+442079460001', '1000', 'carrier', '0000000a-golden@carrier', 'live', 'premium', 1794823246.841, 'premium', 100, 1794823246.891, 1, 'Anna Berg', 'PJSIP/anna', 1794823250.191, 3.3, 40, 'caller', 1794823290.391, 'answered', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1794823814.11', 'pbx1-1794823814.11', '+442079460101', '1000', 'carrier', '0000000b-golden@carrier', 'live', 'premium', 1794823814.625, 'premium', 105, 1794823814.675, 2, 'Ben Okafor', 'PJSIP/ben', 1794823832.875, 18.2, 40, 'agent', 1794823873.075, 'answered', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1794824406.12', 'pbx1-1794824406.12', '+4930901820050', '1000', 'carrier', '0000000c-golden@carrier', 'live', 'premium', 1794824406.943, 'premium', 100, 1794824406.993, 1, 'Anna Berg', 'PJSIP/anna', 1794824410.293, 3.3, 40, 'caller', 1794824450.493, 'answered', false, 'G05');
INSERT INTO public.calls VALUES ('pbx1-1794825020.13', 'pbx1-1794825020.13', '+442079460004', '1000', 'carrier', '0000000d-golden@carrier', 'live', '', 1794825020.051, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794825020.251, 'refused', false, 'G04');
INSERT INTO public.calls VALUES ('pbx1-1794825061.14', 'pbx1-1794825061.14', '+442079460003', '1000', 'backup', '0000000e-golden@carrier', 'live', '', 1794825061.046, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794825061.246, 'refused', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825161.15', 'pbx1-1794825161.15', '+442079460003', '1000', 'carrier', '0000000f-golden@carrier', 'live', '', 1794825161.574, 'general-queue', 10, 1794825161.624, 0, NULL, NULL, NULL, 20, NULL, 'caller', 1794825181.824, 'abandoned', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825180.16', 'pbx1-1794825180.16', '+442079460003', '1000', 'elsewhere', '00000010-golden@carrier', 'live', '', 1794825180.981, 'general-queue', 10, 1794825181.031, 0, NULL, NULL, NULL, 31.3, NULL, NULL, 1794825215.531, 'voicemail', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825296.17', 'pbx1-1794825296.17', '+442079460006', '1000', 'carrier', '00000011-golden@carrier', 'live', 'vip', 1794825296.41, 'premium', 1000, 1794825296.46, 0, NULL, NULL, NULL, 31.3, NULL, 'caller', 1794825327.96, 'abandoned', false, 'G06');
INSERT INTO public.calls VALUES ('pbx1-1794825343.18', 'pbx1-1794825343.18', '+442079460006', '1000', 'carrier', '00000012-golden@carrier', 'live', '', 1794825343.241, 'general-fr', 20, 1794825343.291, 0, NULL, NULL, NULL, 3.3, NULL, NULL, 1794825346.791, 'unserved', false, 'G06');
INSERT INTO public.calls VALUES ('pbx1-1794825387.19', 'pbx1-1794825387.19', '+442079460006', '1000', 'carrier', '00000013-golden@carrier', 'live', '', 1794825387.763, 'general-queue', 20, 1794825388.113, 0, NULL, NULL, NULL, 0.3, NULL, NULL, 1794825388.613, 'unserved', false, 'G06');
INSERT INTO public.calls VALUES ('pbx1-1794825421.20', 'pbx1-1794825421.20', '+442079460007', '1000', 'carrier', '00000014-golden@carrier', 'live', '', 1794825421.56, 'general-queue', 15, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794825422.06, 'unserved', false, 'G07');
INSERT INTO public.calls VALUES ('pbx1-1794825494.21', 'pbx1-1794825494.21', '+442079460008', '1000', 'carrier', '00000015-golden@carrier', 'live', 'standard', 1794825494.802, 'general-queue', 10, 1794825494.852, 0, NULL, NULL, NULL, 9.3, NULL, NULL, 1794825504.352, 'unserved', false, 'G08');
INSERT INTO public.calls VALUES ('pbx1-1794825568.22', 'pbx1-1794825568.22', '+442079460009', '1000', 'carrier', '00000016-golden@carrier', 'live', '', 1794825568.981, 'general-queue', 10, 1794825569.031, 0, NULL, NULL, NULL, 9.3, NULL, NULL, 1794825578.531, 'unserved', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825631.23', 'pbx1-1794825631.23', '+442079460800', '1000', 'carrier', '00000017-golden@carrier', 'live', '', 1794825631.586, 'general-queue', 10, 1794825631.636, 0, NULL, NULL, NULL, 9.3, NULL, NULL, 1794825641.136, 'unserved', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825674.24', 'pbx1-1794825674.24', '', '1000', 'carrier', '00000018-golden@carrier', 'live', '', 1794825674.373, 'general-queue', 10, 1794825674.423, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'waiting', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825734.25', 'pbx1-1794825734.25', '', '1000', 'carrier', '00000019-golden@carrier', 'live', '', 1794825734.713, 'general-queue', 10, 1794825734.763, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'waiting', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825794.26', 'pbx1-1794825794.26', '12', '1000', 'carrier', '0000001a-golden@carrier', 'live', '', 1794825794.799, 'general-queue', 10, 1794825794.849, 1, 'Anna Berg', 'PJSIP/anna', 1794825798.149, 3.3, NULL, NULL, NULL, 'talking', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794825869.27', 'pbx1-1794825869.27', '+442079460010', '1000', 'carrier', '0000001b-golden@carrier', 'live', 'won-back', 1794825869.995, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'routing', false, 'G10');
INSERT INTO public.calls VALUES ('pbx1-1794825918.28', 'pbx1-1794825918.28', '+442079460010', '1000', 'carrier', '0000001c-golden@carrier', 'live', 'won-back', 1794825918.968, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794825919.168, 'lost', false, 'G10');
INSERT INTO public.calls VALUES ('pbx1-1794825961.29', 'pbx1-1794825961.29', '+442079460011', '1000', 'carrier', '0000001d-golden@carrier', 'live', '', 1794825961.446, 'general-queue', 10, 1794825961.496, 1, 'Anna Berg', 'PJSIP/anna', 1794825964.796, 3.3, 40, 'transfer', 1794826004.996, 'answered', false, 'G11');
INSERT INTO public.calls VALUES ('pbx1-1794826073.30', 'pbx1-1794826073.30', '+442079460003', '1000', 'carrier', '0000001e-golden@carrier', 'live', 'at-risk', 1794826073.958, 'general-queue', 55, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794826077.158, 'self-service', false, 'G03');
INSERT INTO public.calls VALUES ('pbx1-1794826115.31', 'pbx1-1794826115.31', '+442079460002', '1000', 'carrier', '0000001f-golden@carrier', 'live', 'standard', 1794826115.964, 'general-queue', 0, 1794826116.014, 0, NULL, NULL, NULL, 120.3, NULL, NULL, 1794826238.514, 'told', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794826181.32', 'pbx1-1794826181.32', '+442079460002', '1000', 'carrier', '00000020-golden@carrier', 'live', 'standard', 1794826181.122, 'general-queue', 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'asking', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794826211.33', 'pbx1-1794826211.33', '+442079460002', '1000', 'carrier', '00000021-golden@carrier', 'live', 'standard', 1794826211.664, 'general-queue', 0, 1794826211.714, 0, NULL, NULL, NULL, 0.3, NULL, NULL, NULL, 'unserved', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794826306.34', 'pbx1-1794826306.34', '+442079460990', '1000', 'carrier', '00000022-golden@carrier', 'live', '', 1794826306.9, 'general-queue', 10, 1794826306.95, 1, 'Anna Berg', 'PJSIP/anna', 1794826310.25, 3.3, 40, 'caller', 1794826350.45, 'answered', true, '');
INSERT INTO public.calls VALUES ('pbx1-1794826338.35', 'pbx1-1794826338.35', '+442079460002', '1002', 'carrier', '00000023-golden@carrier', 'live', 'frequent', 1794826338.143, 'general-queue', 0, 1794826338.193, 1, 'Anna Berg', 'PJSIP/anna', 1794826341.493, 3.3, 40, 'caller', 1794826381.693, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794826427.36', 'pbx1-1794826427.36', '+442079460199', '1002', 'elsewhere', '00000024-golden@carrier', 'live', 'frequent', 1794826427.36, 'general-queue', 50, 1794826427.41, 1, 'Anna Berg', 'PJSIP/anna', 1794826430.71, 3.3, 40, 'caller', 1794826470.91, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794826497.37', 'pbx1-1794826497.37', '+442079460002', '1000', 'carrier', '00000025-golden@carrier', '', '', 1794826497.738, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'routing', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794826545.38', 'pbx1-1794826545.38', '+442079460002', '9999', 'carrier', '', 'live', 'standard', 1794826545.532, 'general-queue', 0, 1794826545.582, 1, 'Anna Berg', 'PJSIP/anna', 1794826548.882, 3.3, 40, 'caller', 1794826589.082, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794828649.60', 'pbx1-1794828649.60', '+442079460010', '1000', 'carrier', '0000003c-golden@carrier', 'live', 'won-back', 1794828649.187, 'general-queue', 15, 1794828649.237, 0, NULL, NULL, NULL, 20, NULL, 'caller', 1794828669.437, 'abandoned', false, 'G10');
INSERT INTO public.calls VALUES ('pbx1-1794915033.61', 'pbx1-1794915033.61', '+442079460010', '1000', 'carrier', '0000003d-golden@carrier', 'live', 'won-back', 1794915033.88, 'general-queue', 0, 1794915033.93, 1, 'Anna Berg', 'PJSIP/anna', 1794915037.23, 3.3, 40, 'caller', 1794915077.43, 'answered', false, 'G10');
INSERT INTO public.calls VALUES ('pbx1-1794918659.39', 'pbx1-1794918659.39', '+442079460002', '1001', 'carrier', '00000027-golden@carrier', 'live', 'standard', 1794918660.01, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794918663.21, 'voicemail', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794996037.44', 'pbx1-1794996037.44', '+442079460002', '1003', 'carrier', '0000002c-golden@carrier', 'live', 'standard', 1794996038.016, 'general-queue', 0, 1794996042.086, 1, 'Anna Berg', 'PJSIP/anna', 1794996045.386, 3.3, 40, 'caller', 1794996085.586, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794996116.45', 'pbx1-1794996116.45', '+442079460002', '1003', 'carrier', '0000002d-golden@carrier', 'live', 'standard', 1794996116.531, 'general-queue', 10, 1794996120.601, 1, 'Anna Berg', 'PJSIP/anna', 1794996123.901, 3.3, 40, 'caller', 1794996164.101, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794996174.46', 'pbx1-1794996174.46', '+442079460002', '1003', 'carrier', '0000002e-golden@carrier', 'live', 'standard', 1794996174.983, 'general-queue', 0, 1794996179.053, 1, 'Anna Berg', 'PJSIP/anna', 1794996182.353, 3.3, 40, 'caller', 1794996222.553, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794996212.47', 'pbx1-1794996212.47', '+442079460002', '1003', 'carrier', '0000002f-golden@carrier', 'live', 'standard', 1794996212.422, 'general-queue', 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1794996216.642, 'lost', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1794996277.48', 'pbx1-1794996277.48', '+442079460198', '1003', 'carrier', '00000030-golden@carrier', 'live', 'at-risk', 1794996277.893, 'general-queue', 65, 1794996290.003, 1, 'Anna Berg', 'PJSIP/anna', 1794996293.303, 3.3, 40, 'caller', 1794996333.503, 'answered', false, 'G03');
INSERT INTO public.calls VALUES ('pbx1-1794996302.49', 'pbx1-1794996302.49', '+442079460198', '1003', 'carrier', '00000031-golden@carrier', 'live', '', 1794996302.511, 'general-queue', 10, 1794996314.621, 1, 'Anna Berg', 'PJSIP/anna', 1794996317.921, 3.3, 40, 'caller', 1794996358.121, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794996375.50', 'pbx1-1794996375.50', '+442079460198', '1003', 'carrier', '00000032-golden@carrier', 'live', '', 1794996375.781, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, 'caller', 1794996381.001, 'abandoned', false, '');
INSERT INTO public.calls VALUES ('pbx1-1794996471.51', 'pbx1-1794996471.51', '+442079460800', '1003', 'carrier', '00000033-golden@carrier', 'live', 'standard', 1794996471.433, 'general-queue', 10, 1794996479.523, 1, 'Anna Berg', 'PJSIP/anna', 1794996482.823, 3.3, 40, 'caller', 1794996523.023, 'answered', false, 'G09');
INSERT INTO public.calls VALUES ('pbx1-1794996506.52', 'pbx1-1794996506.52', '', '1003', 'carrier', '00000034-golden@carrier', 'live', '', 1794996506.7, 'general-queue', 0, 1794996514.79, 1, 'Anna Berg', 'PJSIP/anna', 1794996518.09, 3.3, 40, 'caller', 1794996558.29, 'answered', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1794999611.53', 'pbx1-1794999611.53', '+442079460197', '1003', 'carrier', '00000035-golden@carrier', 'live', 'premium', 1794999611.395, 'premium', 100, 1794999623.505, 1, 'Anna Berg', 'PJSIP/anna', 1794999626.805, 3.3, 40, 'caller', 1794999667.005, 'answered', false, 'P01');
INSERT INTO public.calls VALUES ('pbx1-1794999935.54', 'pbx1-1794999935.54', '+442079460197', '1003', 'carrier', '00000036-golden@carrier', 'live', 'premium', 1794999935.923, 'premium', 100, 1794999952.053, 1, 'Anna Berg', 'PJSIP/anna', 1794999955.353, 3.3, 40, 'caller', 1794999995.553, 'answered', false, 'P02');
INSERT INTO public.calls VALUES ('pbx1-1795000244.55', 'pbx1-1795000244.55', '+442079460197', '1003', 'carrier', '00000037-golden@carrier', 'live', '', 1795000244.814, 'general-queue', 10, 1795000260.944, 1, 'Anna Berg', 'PJSIP/anna', 1795000264.244, 3.3, 40, 'caller', 1795000304.444, 'answered', false, 'P03');
INSERT INTO public.calls VALUES ('pbx1-1795000543.56', 'pbx1-1795000543.56', '+442079460197', '1003', 'carrier', '00000038-golden@carrier', 'live', '', 1795000543.775, 'general-queue', 15, 1795000555.885, 1, 'Anna Berg', 'PJSIP/anna', 1795000559.185, 3.3, 40, 'caller', 1795000599.385, 'answered', false, 'P01');
INSERT INTO public.calls VALUES ('pbx1-1795000823.57', 'pbx1-1795000823.57', '+442079460197', '1003', 'carrier', '00000039-golden@carrier', 'live', '', 1795000823.108, 'general-queue', 10, 1795000835.218, 1, 'Anna Berg', 'PJSIP/anna', 1795000838.518, 3.3, 40, 'caller', 1795000878.718, 'answered', false, 'P06');
INSERT INTO public.calls VALUES ('pbx1-1795001125.62', 'pbx1-1795001125.62', '+442079460197', '1003', 'carrier', '0000003e-golden@carrier', 'live', '', 1795001125.399, 'general-queue', 10, 1795001137.509, 1, 'Anna Berg', 'PJSIP/anna', 1795001140.809, 3.3, 40, 'caller', 1795001181.009, 'answered', false, 'P07');
INSERT INTO public.calls VALUES ('pbx1-1795001431.63', 'pbx1-1795001431.63', '+442079460197', '1003', 'carrier', '0000003f-golden@carrier', 'live', '', 1795001431.77, 'general-queue', 10, 1795001447.9, 1, 'Anna Berg', 'PJSIP/anna', 1795001451.2, 3.3, 40, 'caller', 1795001491.4, 'answered', false, 'P05');
INSERT INTO public.calls VALUES ('pbx1-1795001461.64', 'pbx1-1795001461.64', '+442079460197', '1003', 'carrier', '00000040-golden@carrier', 'live', '', 1795001461.5, 'general-queue', 15, 1795001477.63, 1, 'Anna Berg', 'PJSIP/anna', 1795001480.93, 3.3, 40, 'caller', 1795001521.13, 'answered', false, 'P05');
INSERT INTO public.calls VALUES ('pbx1-1795001582.65', 'pbx1-1795001582.65', '+442079460197', '1003', 'carrier', '00000041-golden@carrier', 'live', 'premium', 1795001582.335, 'premium', 100, 1795001594.445, 1, 'Anna Berg', 'PJSIP/anna', 1795001597.745, 3.3, 40, 'caller', 1795001637.945, 'answered', false, 'P08');
INSERT INTO public.calls VALUES ('pbx1-1795002028.58', 'pbx1-1795002028.58', '+442079460197', '1003', 'carrier', '0000003a-golden@carrier', 'live', '', 1795002028.699, 'general-queue', 15, NULL, 0, NULL, NULL, NULL, NULL, NULL, 'caller', 1795002033.919, 'abandoned', false, 'P01');
INSERT INTO public.calls VALUES ('pbx1-1795002092.59', 'pbx1-1795002092.59', '+442079460197', '1003', 'carrier', '0000003b-golden@carrier', 'live', '', 1795002092.13, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, 'caller', 1795002093.33, 'abandoned', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795082439.66', 'pbx1-1795082439.66', '+442079460001', '1000', 'carrier', '00000042-golden@carrier', 'snapshot', 'premium', 1795082439.627, 'premium', 100, 1795082439.677, 1, 'Anna Berg', 'PJSIP/anna', 1795082442.977, 3.3, 40, 'caller', 1795082483.177, 'answered', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1795082497.67', 'pbx1-1795082497.67', '+442079460003', '1000', 'carrier', '00000043-golden@carrier', 'snapshot', 'at-risk', 1795082497.423, 'general-queue', 50, 1795082497.473, 1, 'Anna Berg', 'PJSIP/anna', 1795082500.773, 3.3, 40, 'caller', 1795082540.973, 'answered', false, 'G03');
INSERT INTO public.calls VALUES ('pbx1-1795082561.68', 'pbx1-1795082561.68', '+442079460006', '1000', 'carrier', '00000044-golden@carrier', 'snapshot', 'standard', 1795082561.194, 'general-fr', 20, 1795082561.244, 1, 'Anna Berg', 'PJSIP/anna', 1795082564.544, 3.3, 40, 'caller', 1795082604.744, 'answered', false, 'G06');
INSERT INTO public.calls VALUES ('pbx1-1795082590.69', 'pbx1-1795082590.69', '+442079460004', '1000', 'carrier', '00000045-golden@carrier', 'snapshot', '', 1795082590.534, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795082590.734, 'refused', false, 'G04');
INSERT INTO public.calls VALUES ('pbx1-1795082654.70', 'pbx1-1795082654.70', '+442079460800', '1000', 'carrier', '00000046-golden@carrier', 'default', '', 1795082654.032, 'general-queue', 10, 1795082654.082, 1, 'Anna Berg', 'PJSIP/anna', 1795082657.382, 3.3, 40, 'caller', 1795082697.582, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795082749.71', 'pbx1-1795082749.71', '+442079460199', '1000', 'carrier', '00000047-golden@carrier', 'default', '', 1795082749.224, 'general-queue', 10, 1795082749.274, 1, 'Anna Berg', 'PJSIP/anna', 1795082752.574, 3.3, 40, 'caller', 1795082792.774, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795083634.72', 'pbx1-1795083634.72', '+442079460001', '1000', 'carrier', '00000048-golden@carrier', 'default', '', 1795083634.962, 'general-queue', 10, 1795083635.012, 1, 'Anna Berg', 'PJSIP/anna', 1795083638.312, 3.3, 40, 'caller', 1795083678.512, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795083715.73', 'pbx1-1795083715.73', '+442079460001', '1001', 'carrier', '00000049-golden@carrier', 'default', '', 1795083715.581, 'general-queue', 10, 1795083715.631, 1, 'Anna Berg', 'PJSIP/anna', 1795083718.931, 3.3, 40, 'caller', 1795083759.131, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795084854.91', 'pbx1-1.91', '+442079460001', '1000', 'carrier', 'alone-1@carrier', 'dialplan', '', 1795084822.47, 'premium', 10, 1795084822.57, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795084831.47, 'lost', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795084814.90', 'pbx1-1.90', '+442079460001', '1000', 'carrier', 'alone-0@carrier', 'remembered', 'premium', 1795084832.352, 'premium', 100, 1795084832.452, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795084841.352, 'lost', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795170627.40', 'pbx1-1795170627.40', '+442079460001', '1001', 'carrier', '00000028-golden@carrier', 'live', 'premium', 1795170627.539, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795170629.739, 'told', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1795170702.42', 'pbx1-1795170702.42', '+442079460006', '1001', 'carrier', '0000002a-golden@carrier', 'live', 'vip', 1795170702.214, 'premium', 0, 1795170702.264, 1, 'Anna Berg', 'PJSIP/anna', 1795170705.564, 3.3, 40, 'caller', 1795170745.764, 'answered', false, 'G06');
INSERT INTO public.calls VALUES ('pbx1-1795257079.43', 'pbx1-1795257079.43', '+442079460013', '1001', 'carrier', '0000002b-golden@carrier', 'live', 'premium', 1795257079.31, 'premium', 100, 1795257079.36, 1, 'Anna Berg', 'PJSIP/anna', 1795257082.66, 3.3, 40, 'caller', 1795257122.86, 'answered', false, 'G13');
INSERT INTO public.calls VALUES ('pbx1-1795428042.74', 'pbx1-1795428042.74', '+442079460001', '1000', 'carrier', '0000004a-golden@carrier', 'live', '', 1795428042.581, 'general-queue', 10, 1795428042.631, 1, 'Anna Berg', 'PJSIP/anna', 1795428045.931, 3.3, 40, 'caller', 1795428086.131, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795428098.75', 'pbx1-1795428098.75', '+442079460021', '1003', 'carrier', '0000004b-golden@carrier', 'live', 'premium', 1795428099, 'premium', 0, 1795428107.09, 1, 'Anna Berg', 'PJSIP/anna', 1795428110.39, 3.3, 40, 'caller', 1795428150.59, 'answered', false, 'P01');
INSERT INTO public.calls VALUES ('pbx1-1795428166.76', 'pbx1-1795428166.76', '+442079460022', '1003', 'carrier', '0000004c-golden@carrier', 'live', 'premium', 1795428166.025, 'premium', 115, 1795428178.135, 1, 'Anna Berg', 'PJSIP/anna', 1795428181.435, 3.3, 40, 'caller', 1795428221.635, 'answered', false, 'P02');
INSERT INTO public.calls VALUES ('pbx1-1795428204.77', 'pbx1-1795428204.77', '+442079460002', '1003', 'carrier', '0000004d-golden@carrier', 'live', '', 1795428204.822, 'general-queue', 20, 1795428208.892, 1, 'Anna Berg', 'PJSIP/anna', 1795428212.192, 3.3, 40, 'caller', 1795428252.392, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795428294.78', 'pbx1-1795428294.78', '+442079460002', '1002', 'carrier', '0000004e-golden@carrier', 'live', 'frequent', 1795428294.86, 'general-queue', 50, 1795428294.91, 1, 'Anna Berg', 'PJSIP/anna', 1795428298.21, 3.3, 40, 'caller', 1795428338.41, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx1-1795514447.79', 'pbx1-1795514447.79', '+442079460001', '1000', 'carrier', '0000004f-golden@carrier', 'live', 'premium', 1795514447.544, 'premium', 0, 1795514447.594, 1, 'Anna Berg', 'PJSIP/anna', 1795514450.894, 3.3, 40, 'caller', 1795514491.094, 'answered', false, 'G01');
INSERT INTO public.calls VALUES ('pbx1-1795600833.80', 'pbx1-1795600833.80', '+442079460002', '1000', 'carrier', '00000050-golden@carrier', 'live', 'standard', 1795600833.816, 'general-queue', 15, 1795600833.866, 1, 'Anna Berg', 'PJSIP/anna', 1795600837.166, 3.3, 40, 'caller', 1795600877.366, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1795601135.81', 'pbx1-1795601135.81', '+442079460002', '1000', 'carrier', '00000051-golden@carrier', 'live', 'standard', 1795601135.23, 'general-queue', 15, 1795601135.28, 1, 'Anna Berg', 'PJSIP/anna', 1795601138.58, 3.3, 40, 'caller', 1795601178.78, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1795687503.82', 'pbx1-1795687503.82', '+442079460002', '1000', 'carrier', '00000052-golden@carrier', 'live', 'standard', 1795687503.512, 'general-queue', 0, 1795687503.562, 1, 'Anna Berg', 'PJSIP/anna', 1795687506.862, 3.3, 40, 'caller', 1795687547.062, 'answered', false, 'G02');
INSERT INTO public.calls VALUES ('pbx1-1795690855.83', 'pbx1-1795690855.83', '+442079460197', '1003', 'carrier', '00000053-golden@carrier', 'live', '', 1795690855.393, 'general-queue', 10, 1795690871.523, 1, 'Anna Berg', 'PJSIP/anna', 1795690874.823, 3.3, 40, 'caller', 1795690915.023, 'answered', false, 'P04');
INSERT INTO public.calls VALUES ('pbx1-1795690896.84', 'pbx1-1795690896.84', '+442079460197', '1003', 'carrier', '00000054-golden@carrier', 'live', '', 1795690896.587, 'general-queue', 15, 1795690912.717, 1, 'Anna Berg', 'PJSIP/anna', 1795690916.017, 3.3, 40, 'caller', 1795690956.217, 'answered', false, 'P04');
INSERT INTO public.calls VALUES ('pbx1-1795690932.85', 'pbx1-1795690932.85', '+442079460197', '1003', 'carrier', '00000055-golden@carrier', 'live', '', 1795690932.983, 'general-queue', 15, 1795690949.113, 1, 'Anna Berg', 'PJSIP/anna', 1795690952.413, 3.3, 40, 'caller', 1795690992.613, 'answered', false, 'P04');
INSERT INTO public.calls VALUES ('pbx1-1795691432.86', 'pbx1-1795691432.86', '+442079460197', '1003', 'carrier', '00000056-golden@carrier', 'live', '', 1795691432.443, 'general-queue', 0, 1795691444.553, 1, 'Anna Berg', 'PJSIP/anna', 1795691447.853, 3.3, 40, 'caller', 1795691488.053, 'answered', false, 'P04');
INSERT INTO public.calls VALUES ('pbx2-1795978296.0', 'pbx2-1795978296.0', '+442079460001', '1000', 'carrier', '45c85a11-2e8a-463e-a23f-a785d933d97e', 'live', 'premium', 1795978296.457916, 'premium', 100, 1795978296.490888, 1, 'Anna Berg', 'PJSIP/anna', 1795978296.712706, 0.222, 0.505, 'caller', 1795978297.218079, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978299.2', 'pbx2-1795978299.2', '+442079460002', '1000', 'carrier', 'de6b8646-781d-4bd6-a5e2-ae0792e60aef', 'live', 'standard', 1795978299.119126, 'general-queue', 10, 1795978299.950293, 1, 'Ben Okafor', 'PJSIP/ben', 1795978300.150545, 0.2, 0.504, 'caller', 1795978300.655645, 'answered', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978302.4', 'pbx2-1795978302.4', '+442079460003', '1000', 'carrier', 'e74fb5a0-1459-4970-8817-157b004ebec4', 'live', 'at-risk', 1795978302.521978, 'general-queue', 50, 1795978303.343522, 1, 'Ben Okafor', 'PJSIP/ben', 1795978303.560689, 0.217, 0.512, 'caller', 1795978304.072453, 'answered', false, 'C3');
INSERT INTO public.calls VALUES ('pbx2-1795978305.6', 'pbx2-1795978305.6', '+442079460004', '1000', 'carrier', 'e659252e-309a-4ddf-827b-c6d8c4fc97fc', 'live', 'premium', 1795978305.885769, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795978310.849001, 'refused', false, 'C4');
INSERT INTO public.calls VALUES ('pbx2-1795978312.7', 'pbx2-1795978312.7', '+12025550199', '1000', 'carrier', '940e7744-72f9-43d0-885e-d0bd188b705a', 'live', '', 1795978312.786993, 'general-queue', 10, 1795978313.613931, 1, 'Ben Okafor', 'PJSIP/ben', 1795978313.824181, 0.21, 0.506, 'caller', 1795978314.32947, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx2-1795978319.11', 'pbx2-1795978319.11', '+12025550110', '1000', 'carrier', '968806ac-2c6d-41a4-be47-1d6067e89aac', 'live', '', 1795978319.456877, 'general-queue', 10, 1795978320.287029, 1, 'Ben Okafor', 'PJSIP/ben', 1795978320.511348, 0.224, 0.504, 'caller', 1795978321.01604, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx2-1795978326.15', 'pbx2-1795978326.15', '+442079460002', '1001', 'carrier', 'fde32332-4612-48ac-9f70-de0fa4771c0a', 'live', 'standard', 1795978326.183237, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795978339.011025, 'voicemail', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978340.16', 'pbx2-1795978340.16', '+442079460002', '1001', 'carrier', '62cfd285-cfb1-4d27-942a-d7c3917ad129', 'live', 'standard', 1795978340.818621, NULL, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, 'caller', 1795978341.650358, 'abandoned', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978343.17', 'pbx2-1795978343.17', '+442079460002', '1003', 'carrier', 'fb7afdf5-7513-4cac-ba0c-d0a5a97323f7', 'live', 'standard', 1795978343.430272, 'general-queue', 10, 1795978346.2085, 1, 'Ben Okafor', 'PJSIP/ben', 1795978346.415324, 0.207, 0.003, 'caller', 1795978346.418089, 'answered', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978348.19', 'pbx2-1795978348.19', '+442079460002', '1003', 'carrier', '4f2c16a5-0139-476b-88da-cc159f1c2919', 'live', 'standard', 1795978348.097072, 'general-queue', 20, 1795978350.874747, 1, 'Ben Okafor', 'PJSIP/ben', 1795978351.088859, 0.214, 0.008, 'caller', 1795978351.097583, 'answered', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978352.21', 'pbx2-1795978352.21', '+442079460002', '1003', 'carrier', 'fd73a8d7-e3d2-41c1-ae9d-d39831ad000f', 'live', 'standard', 1795978352.836424, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, 'caller', 1795978353.367065, 'abandoned', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978378.24', 'pbx2-1795978378.24', '+12025550199', '1003', 'carrier', '417ed98f-03a8-49e7-8a72-07a3b2f62908', 'live', 'at-risk', 1795978378.584618, 'general-queue', 50, 1795978384.104356, 1, 'Ben Okafor', 'PJSIP/ben', 1795978384.317367, 0.213, 0.003, 'caller', 1795978384.325518, 'answered', false, 'C3');
INSERT INTO public.calls VALUES ('pbx2-1795978386.26', 'pbx2-1795978386.26', '+12025550199', '1003', 'carrier', '729e70a3-1e8e-4587-9eaf-9d79776e3d20', 'live', 'standard', 1795978386.301774, 'general-queue', 10, 1795978393.054382, 1, 'Ben Okafor', 'PJSIP/ben', 1795978393.266755, 0.212, 0.01, 'caller', 1795978393.280757, 'answered', false, 'C3');
INSERT INTO public.calls VALUES ('pbx2-1795978395.28', 'pbx2-1795978395.28', '+12025550199', '1003', 'carrier', '62c2373f-492b-4571-9256-6d4bc09a221f', 'live', '', 1795978395.098851, 'general-queue', 10, 1795978400.306869, 1, 'Ben Okafor', 'PJSIP/ben', 1795978400.51716, 0.21, 0.004, 'caller', 1795978400.523216, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx2-1795978404.30', 'pbx2-1795978404.30', '+12025550199', '1003', 'carrier', 'f529fba4-c150-4f49-8813-605734135af5', 'live', '', 1795978404.237747, 'general-queue', 10, 1795978448.090821, 1, 'Ben Okafor', 'PJSIP/ben', 1795978448.342817, 0.252, 0.032, 'caller', 1795978448.375231, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx2-1795978451.32', 'pbx2-1795978451.32', '+12025550110', '1003', 'carrier', 'e9ca94cc-c08f-45c5-8de4-7cdce4499286', 'live', 'premium', 1795978451.061525, 'premium', 100, 1795978453.698622, 1, 'Anna Berg', 'PJSIP/anna', 1795978453.927208, 0.229, 0.004, 'caller', 1795978453.934503, 'answered', false, 'C10');
INSERT INTO public.calls VALUES ('pbx2-1795978456.34', 'pbx2-1795978456.34', '+12025550199', '1003', 'carrier', '3ce3cabd-82c5-47c8-9389-0fda2020bd10', 'live', 'premium', 1795978456.594334, 'premium', 100, 1795978460.801928, 1, 'Anna Berg', 'PJSIP/anna', 1795978461.021613, 0.22, 0.003, 'caller', 1795978461.02833, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978463.36', 'pbx2-1795978463.36', '+12025550199', '1003', 'carrier', 'ec769b98-c6cf-4402-abd6-c4dc799185ab', 'live', '', 1795978463.423086, 'general-queue', 10, 1795978485.225267, 1, 'Ben Okafor', 'PJSIP/ben', 1795978485.436073, 0.211, 0.005, 'caller', 1795978485.442935, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978488.38', 'pbx2-1795978488.38', '+12025550191', '1003', 'carrier', '29503bcc-f4f7-4104-b18c-7622d06d42e5', 'live', '', 1795978488.071421, 'general-queue', 10, 1795978510.14113, 1, NULL, NULL, NULL, 0.032, NULL, 'caller', 1795978510.172733, 'abandoned', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978534.42', 'pbx2-1795978534.42', '+442079460007', '1000', 'carrier', 'e3d75465-b353-44a6-b427-5441fda439b5', 'live', 'standard', 1795978534.731499, 'general-queue', 10, 1795978535.665571, 1, 'Ben Okafor', 'PJSIP/ben', 1795978535.89452, 0.229, 0.007, 'caller', 1795978535.902659, 'answered', false, 'C7');
INSERT INTO public.calls VALUES ('pbx2-1795978537.44', 'pbx2-1795978537.44', '+442079460007', '1000', 'carrier', 'd654b119-d58b-4a1f-a9cc-a30de4301af5', 'live', 'standard', 1795978537.702692, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795978538.841743, 'self-service', false, 'C7');
INSERT INTO public.calls VALUES ('pbx2-1795978540.45', 'pbx2-1795978540.45', '+442079460007', '1000', 'carrier', '721e95ae-2001-4511-919d-f3081f825e7e', 'live', 'standard', 1795978540.657754, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795978545.330177, 'self-service', false, 'C7');
INSERT INTO public.calls VALUES ('pbx2-1795978549.48', 'pbx2-1795978549.48', '+442079460001', '+442079460500', 'carrier', '17dcf30f-0b19-4f92-9dc9-57bfd628d395', 'live', 'premium', 1795978549.582661, 'premium', 100, 1795978549.608403, 1, 'Anna Berg', 'PJSIP/anna', 1795978549.820709, 0.212, 0.505, 'caller', 1795978550.326109, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978559.52', 'pbx2-1795978559.52', '+442079460001', '+442079460500', 'carrier', 'test-845ce7ad-e134-4c8d-8484-61c6bd5d4880', 'live', '', 1795978559.508334, 'general-queue', 10, 1795978560.848126, 1, 'Ben Okafor', 'PJSIP/ben', 1795978561.052402, 0.204, 0.968, 'caller', 1795978562.021952, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx2-1795978598.63', 'pbx2-1795978598.63', '+442079460002', '1003', 'carrier', '9145c152-6867-4b1e-9add-b4f45caf158b', 'live', 'standard', 1795978598.080872, 'general-queue', 10, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 1795978604.8492618, 'lost', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978607.65', 'pbx2-1795978607.65', '+442079460001', '1000', 'carrier', 'dd549435-5f76-4742-a5d7-d14f860d9b47', 'dialplan', '', 1795978608.147106, 'general-queue', 10, 1795978608.169431, 1, 'Ben Okafor', 'PJSIP/ben', 1795978608.383932, 0.215, 0.505, 'caller', 1795978608.891854, 'answered', false, '');
INSERT INTO public.calls VALUES ('pbx2-1795978630.67', 'pbx2-1795978630.67', '+442079460001', '1000', 'carrier', '7e918533-828d-4187-81f1-6a2369e29995', 'snapshot', 'premium', 1795978630.888203, 'premium', 100, 1795978630.909757, 1, 'Anna Berg', 'PJSIP/anna', 1795978631.14059, 0.231, 0.513, 'caller', 1795978631.653529, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978660.73', 'pbx2-1795978660.73', '+442079460014', '1000', 'carrier', '53ed9f28-7633-4f84-9855-656abc49596b', 'live', 'standard', 1795978660.303009, 'general-de', 20, 1795978661.127322, 1, 'Dora Klein', 'PJSIP/dora', 1795978661.393025, 0.266, 0.551, 'caller', 1795978661.943612, 'answered', false, 'C14');
INSERT INTO public.calls VALUES ('pbx2-1795978669.81', 'pbx2-1795978669.81', '+442079460002', '1000', 'carrier', '4ea2f2be-60a6-4d0e-a89a-5c54f612a670', 'live', 'standard', 1795978669.198405, 'general-queue', 10, 1795978670.020615, 0, NULL, NULL, NULL, 2.003, NULL, NULL, 1795978679.027084, 'voicemail', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978682.86', 'pbx2-1795978682.86', '+442079460002', '1000', 'carrier', 'fcac9829-75d4-4044-be72-46009a118025', 'live', 'standard', 1795978682.225386, 'general-queue', 10, 1795978683.049679, 0, NULL, NULL, NULL, 2.004, NULL, NULL, 1795978690.038639, 'told', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978693.91', 'pbx2-1795978693.91', '+442079460002', '1000', 'carrier', '932f3829-aed9-48b7-bbbb-a737dc0ac5da', 'live', 'standard', 1795978693.786744, 'general-queue', 10, 1795978694.701105, 0, NULL, NULL, NULL, 1.999, NULL, NULL, 1795978703.011007, 'voicemail', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978707.94', 'pbx2-1795978707.94', '+442079460002', '1000', 'carrier', 'c04ae63d-d9df-406f-a54a-bea3ac5f5bcb', 'live', 'standard', 1795978707.348704, 'general-queue', 10, 1795978708.18619, 1, 'Ben Okafor', 'PJSIP/ben', 1795978715.437958, 7.252, 0.508, 'caller', 1795978715.946206, 'answered', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978720.100', 'pbx2-1795978720.100', '+442079460001', '1000', 'carrier', '0f21ad73-d53d-4ce1-b8d4-6ac6b0c89748', 'live', 'premium', 1795978720.07021, 'general-queue', 100, 1795978720.098705, 1, 'Cleo Marsh', 'PJSIP/cleo', 1795978723.318634, 3.22, 0.504, 'caller', 1795978723.824637, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978726.104', 'pbx2-1795978726.104', '+442079460001', '1000', 'carrier', '4ebe7e23-11b7-475d-9028-1257ec54d492', 'live', 'premium', 1795978726.752125, 'premium', 100, 1795978726.777201, 0, NULL, NULL, NULL, 4.017, NULL, 'caller', 1795978730.794673, 'abandoned', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978726.105', 'pbx2-1795978726.105', '+442079460005', '1000', 'carrier', '314fd59c-b05c-4d8b-a11e-1f8324592731', 'live', 'premium', 1795978726.786787, 'general-queue', 100, 1795978726.815061, 1, 'Cleo Marsh', 'PJSIP/cleo', 1795978727.033337, 0.218, 0.507, 'caller', 1795978727.539979, 'answered', false, 'C5');
INSERT INTO public.calls VALUES ('pbx2-1795978732.107', 'pbx2-1795978732.107', '+442079460002', '1000', 'carrier', '5dee29d9-d8fc-40ce-adeb-fc4b5360874b', 'live', 'standard', 1795978732.709547, 'general-queue', 10, 1795978733.528928, 0, NULL, NULL, NULL, 2.184, NULL, 'caller', 1795978735.713346, 'abandoned', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978737.108', 'pbx2-1795978737.108', '+442079460001', '1000', 'carrier', '3593efac-1aae-4ae4-a1ff-6f086d847008', 'live', 'premium', 1795978738.092167, 'premium', 100, 1795978738.163485, 1, NULL, NULL, NULL, 2.022, NULL, 'caller', 1795978740.185713, 'abandoned', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978746.113', 'pbx2-1795978746.113', '+442079460001', '1000', 'carrier', 'd0ed047f-7309-4280-9847-4a51074056b8', 'live', 'premium', 1795978746.317755, 'premium', 100, 1795978746.329649, 2, 'Ben Okafor', 'PJSIP/ben', 1795978762.547311, 16.218, 0.513, 'caller', 1795978763.065108, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978765.116', 'pbx2-1795978765.116', '+442079460001', '1000', 'carrier', '7597029a-7a10-4726-b358-256a304f8655', 'live', 'premium', 1795978765.427023, 'premium', 100, 1795978765.454211, 2, 'Ben Okafor', 'PJSIP/ben', 1795978765.668164, 0.214, 0.504, 'caller', 1795978766.172117, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978767.119', 'pbx2-1795978767.119', '+442079460001', '1000', 'carrier', 'e07bd3ce-3455-43bd-bd4f-0a8f84717100', 'live', 'premium', 1795978767.966765, 'premium', 100, 1795978768.004047, 1, 'Anna Berg', 'PJSIP/anna', 1795978768.215643, 0.212, 1.015, 'agent', 1795978769.234292, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978770.121', 'pbx2-1795978770.121', '+442079460001', '1000', 'carrier', '202cd389-965c-4625-99f0-16651c005eed', 'live', 'premium', 1795978770.994202, 'premium', 100, 1795978771.016575, 1, 'Anna Berg', 'PJSIP/anna', 1795978771.220972, 0.204, 1.022, 'transfer', 1795978773.742163, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978783.130', 'pbx2-1795978783.130', '+442079460006', '1000', 'carrier', '430a10e3-5610-474f-a491-f3780a8ff4d3', 'live', 'standard', 1795978783.67583, 'general-queue', 10, 1795978784.549295, 1, 'Ben Okafor', 'PJSIP/ben', 1795978784.911068, 0.362, 0.534, 'caller', 1795978785.437297, 'answered', false, 'C6');
INSERT INTO public.calls VALUES ('pbx2-1795978789.132', 'pbx2-1795978789.132', '+442079460009', '1000', 'carrier', 'b0d19072-d3ed-43a3-b06a-bad6157559ca', 'live', 'won-back', 1795978789.674853, 'premium', 60, 1795978793.680081, 1, 'Anna Berg', 'PJSIP/anna', 1795978794.034286, 0.354, 0.624, 'caller', 1795978794.659696, 'answered', false, 'C9');
INSERT INTO public.calls VALUES ('pbx2-1795978797.134', 'pbx2-1795978797.134', '+442079460003', '1000', 'carrier', 'ca53d9c3-abef-493d-bbdb-bbfef6154f88', 'live', 'standard', 1795978797.192895, 'premium', 80, 1795978797.239541, 1, 'Anna Berg', 'PJSIP/anna', 1795978797.539206, 0.3, 0.55, 'caller', 1795978798.090398, 'answered', false, 'C3');
INSERT INTO public.calls VALUES ('pbx2-1795978801.136', 'pbx2-1795978801.136', '+442079460002', '1002', 'carrier', 'a759583e-0d17-46da-9522-25c181aad0d5', 'live', 'frequent', 1795978802.032734, 'general-queue', 50, 1795978805.523142, 1, 'Ben Okafor', 'PJSIP/ben', 1795978805.870613, 0.347, 0.533, 'caller', 1795978806.458828, 'answered', false, 'C2');
INSERT INTO public.calls VALUES ('pbx2-1795978810.138', 'pbx2-1795978810.138', '+442079460001', '1000', 'carrier', 'b0cc971b-a6d1-45a2-8064-f099cfc87789', 'live', '', 1795978810.450343, 'general-queue', 10, 1795978811.272602, 1, 'Ben Okafor', 'PJSIP/ben', 1795978811.483484, 0.211, 0.509, 'caller', 1795978811.994465, 'answered', false, 'C1');
INSERT INTO public.calls VALUES ('pbx2-1795978821.145', 'pbx2-1795978821.145', '+442079460005', '1000', 'carrier', '622a8d29-2afa-4146-acc1-bffbd62ea8a5', 'live', 'premium', 1795978821.922894, 'general-queue', 50, 1795978822.745856, 1, 'Cleo Marsh', 'PJSIP/cleo', 1795978822.953069, 0.207, 0.507, 'caller', 1795978823.459969, 'answered', false, 'C5');
INSERT INTO public.calls VALUES ('pbx1-1764151200.500', 'pbx1-1764151200.500', '02079460002', '1000', 'carrier', 'agi-500@carrier', '', '', 1795978938.6569264, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'routing', false, 'G02');

INSERT INTO public.customers VALUES ('G01', 'Ada Lovelace', 91, 64, 10, 'en', 'vip;newsletter', 'Anna Berg', false, 1793520008.582, 'fibre;mobile', 'gold', '44200001', '', true, false, false);
INSERT INTO public.customers VALUES ('G02', 'Charles Babbage', 47, 40, 15, 'en', '', '', false, 1793520008.582, '', 'basic', '44200002', '', false, false, false);
INSERT INTO public.customers VALUES ('G03', 'Mary Somerville', 52, 38, 88, '', '', '', false, 1793520008.582, 'tv', '', '44200003', '', true, false, true);
INSERT INTO public.customers VALUES ('G04', 'Silas Wegg', 5, 3, 20, 'en', '', '', true, 1793520008.582, '', '', '44200004', '', false, false, false);
INSERT INTO public.customers VALUES ('G05', 'Ünal Çelik', 77, 70, 5, 'de', 'vip', 'Dora Klein', false, 1793689228.483, 'mobile', 'flex', '44200005', '', false, false, false);
INSERT INTO public.customers VALUES ('G06', 'Marie Dupont', 30, 95, 5, 'fr', 'vip', '', false, 1793520008.582, '', '', '44200006', '', false, false, false);
INSERT INTO public.customers VALUES ('G07', 'Nobody Knows', NULL, NULL, NULL, '', '', '', false, 1793520008.582, '', '', '', '', false, false, false);
INSERT INTO public.customers VALUES ('G08', 'Jana Novak', 60, 60, 60, 'pl', 'a;b;c', '', false, 1780300854.821, '', '', '44200008', '', false, true, false);
INSERT INTO public.customers VALUES ('G09', 'Jan Novak', 61, 61, 61, '', '', '', false, 1793520008.582, '', '', '44200009', '', false, false, false);
INSERT INTO public.customers VALUES ('G10', 'Lapsed Lena', 20, 80, 5, '', '', '', false, 1793520008.582, '', '', '44200010', '', false, true, false);
INSERT INTO public.customers VALUES ('G11', 'Poor Peter', 1, 1, 1, '', '', '', false, 1793520008.582, '', '', '44200011', '', false, false, false);
INSERT INTO public.customers VALUES ('G12', 'O''Neil, "Bob" Quote', 0, 100, 0, '', '', '', false, 1793520008.582, '', '', '44200012', '', false, false, false);
INSERT INTO public.customers VALUES ('G13', 'Grace Hopper', 95, 70, 5, 'en', '', '', false, 1793520008.582, '', 'gold', '44200013', '', false, false, false);
INSERT INTO public.customers VALUES ('P01', 'Pin Usual', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000001', '$argon2id$v=19$m=32768,t=2,p=1$ChCsc7TvJm1XLOhyeGY/5A$a7SPUFwPlqj+nRnOJfI3GYDcKHqWSgukrTcnhqrb2U8', true, false, false);
INSERT INTO public.customers VALUES ('P02', 'Pin Cheap', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000002', '$argon2id$v=19$m=8,t=1,p=1$w46nQ8othWWi0xnlgjf65g$I1SRIdmHRNOHN8pX+atmqvGQVspwGYWOaS5yQOa1PFo', false, false, false);
INSERT INTO public.customers VALUES ('P03', 'Pin Dear', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000003', '$argon2id$v=19$m=65536,t=3,p=4$n+HkkhbwRankX6gVB1bd6m6yGy22H37p$539D9cU63K41w2he6DlmuJlwmgNKjLox2N8N2+ZyVOjp/wGUGKZH3JjwGcDTeTiJSux56armkXeK5BzAj+qKvA', false, false, false);
INSERT INTO public.customers VALUES ('P04', 'Pin Locked', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000004', '$argon2id$v=19$m=32768,t=2,p=1$PiGV/pNPJnbNVfEd9Yv0Lg$c4jeleDdcc2NhQ6FuIXLPLV5RHNCQclCKYv/pG90NRM', false, false, false);
INSERT INTO public.customers VALUES ('P05', 'Pin Unlocked', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000005', '$argon2id$v=19$m=32768,t=2,p=1$OQVs0L0C+Aj1znvoxhwSgw$+4QhCzg0+nyy80TV1MqCohXWimTcfEi76ujF0xkMhaI', false, false, false);
INSERT INTO public.customers VALUES ('P06', 'Pin Gone', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000006', '', false, false, false);
INSERT INTO public.customers VALUES ('P08', 'Pin Short', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000008', '$argon2id$v=19$m=64,t=1,p=8$zFZ9ztS5L4c$ORSqUleI0Vh4McdY', false, false, false);
INSERT INTO public.customers VALUES ('P07', 'Pin Damaged', 90, 10, 10, '', '', '', false, 1793520008.582, '', '', '55000007', '$argon2id$v=19$m=32768,t=2,p=1$damaged', false, false, false);

INSERT INTO public.decisions VALUES ('pbx1-1766658653.41', 1766658653.932, 'G02', 'standard', NULL, 0, 39.2, 'closed', 'invoices is closed (2025-12-25 is a holiday)', 0.644, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1766658653.41", "action": "voicemail", "treatment": "closed", "queue": null, "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "closed", "reason": "invoices is closed (2025-12-25 is a holiday)", "label": "STANDARD score 39.2 - Charles Babbage", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ivr/closed"], "mailbox": "101", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 30, "call.weekday": "thursday", "call.date": "2025-12-25", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 0.0, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.017, "look up": 0.379, "PIN": 0.001, "decide": 0.223}}', '{"call_id": "pbx1-1766658653.41", "linked_id": "pbx1-1766658653.41", "caller_number": "+442079460002", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "00000029-golden@carrier", "arrived_at": 1766658653.932, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1793611816.1', 1793611816.12, 'G01', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 35.059, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx1-1793611816.1", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G01", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 9, "call.minute": 30, "call.weekday": "monday", "call.date": "2026-11-02", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 1.063, "customer.previous_segment": "", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.026, "look up": 34.664, "PIN": 0.001, "decide": 0.331}}', '{"call_id": "pbx1-1793611816.1", "linked_id": "pbx1-1793611816.1", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000001-golden@carrier", "arrived_at": 1793611816.12, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1793612431.2', 1793612431.779, 'G05', 'premium', 'premium', 100, 66, 'premium', 'value 85 is at least 80, so premium', 11.494, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx1-1793612431.2", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G05", "customer_name": "\u00dcnal \u00c7elik", "scores": {"value": 85.0, "potential": 70.0, "need": 5.0}, "score": 66.0, "lookup": "found", "rule": "premium", "reason": "value 85 is at least 80, so premium", "label": "PREMIUM value 85 - \u00dcnal \u00c7elik", "rung": "live", "policy_version": "18ca30597d9d", "language": "de", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+4930901820050", "call.language": "de", "call.hour": 9, "call.minute": 40, "call.weekday": "monday", "call.date": "2026-11-02", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G05", "customer.value": 85.0, "customer.potential": 70.0, "customer.need": 5.0, "customer.score": 66.0, "customer.scores_age_days": 1.07, "customer.previous_segment": "", "customer.products": ["mobile"], "customer.tags": ["vip"], "customer.language": "de", "customer.preferred_agent": "Dora Klein", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "flex", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G05", "note.claims_pin": false, "note.name": "\u00dcnal \u00c7elik"}, "took_ms": {"identify": 0.021, "look up": 11.244, "PIN": 0.001, "decide": 0.2}}', '{"call_id": "pbx1-1793612431.2", "linked_id": "pbx1-1793612431.2", "caller_number": "+4930901820050", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000002-golden@carrier", "arrived_at": 1793612431.779, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794218406.3', 1794218406.499, 'G05', 'premium', 'premium', 100, 61.2, 'premium', 'was premium before, and value 77 is at least 75, so premium', 2.46, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794218406.3", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G05", "customer_name": "\u00dcnal \u00c7elik", "scores": {"value": 77.0, "potential": 70.0, "need": 5.0}, "score": 61.2, "lookup": "found", "rule": "premium", "reason": "was premium before, and value 77 is at least 75, so premium", "label": "PREMIUM value 77 - \u00dcnal \u00c7elik", "rung": "live", "policy_version": "dd22a33dc719", "language": "de", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+4930901820050", "call.language": "de", "call.hour": 11, "call.minute": 0, "call.weekday": "monday", "call.date": "2026-11-09", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G05", "customer.value": 77.0, "customer.potential": 70.0, "customer.need": 5.0, "customer.score": 61.2, "customer.scores_age_days": 6.125, "customer.previous_segment": "premium", "customer.products": ["mobile"], "customer.tags": ["vip"], "customer.language": "de", "customer.preferred_agent": "Dora Klein", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 7.014, "customer.contacts_7d": 0, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "flex", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G05", "note.claims_pin": false, "note.name": "\u00dcnal \u00c7elik"}, "took_ms": {"identify": 0.87, "look up": 0.858, "PIN": 0.001, "decide": 0.695}}', '{"call_id": "pbx1-1794218406.3", "linked_id": "pbx1-1794218406.3", "caller_number": "030 901820050", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000003-golden@carrier", "arrived_at": 1794218406.499, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794309301.4', 1794309301.914, 'G02', 'standard', 'general-queue', 10, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 3.764, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794309301.4", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2 - Charles Babbage", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello", "ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 12, "call.minute": 15, "call.weekday": "tuesday", "call.date": "2026-11-10", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 9.135, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.025, "look up": 3.307, "PIN": 0.001, "decide": 0.401}}', '{"call_id": "pbx1-1794309301.4", "linked_id": "pbx1-1794309301.4", "caller_number": "+442079460002", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000004-golden@carrier", "arrived_at": 1794309301.914, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794378653.5', 1794378653.399, 'G03', 'at-risk', NULL, 0, 56.4, 'closed', 'berlin is closed (wednesday 07:30)', 0.736, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794378653.5", "action": "end", "treatment": "closed-end", "queue": null, "priority": 0, "segment": "at-risk", "customer_id": "G03", "customer_name": "Mary Somerville", "scores": {"value": 52.0, "potential": 38.0, "need": 88.0}, "score": 56.4, "lookup": "found", "rule": "closed", "reason": "berlin is closed (wednesday 07:30)", "label": "AT-RISK need 88, self-service first - Mary Somerville", "rung": "live", "policy_version": "dd22a33dc719", "language": "de", "test": false, "steps": [], "greeting": ["hello", "ivr/greeting"], "say": ["hello", "ivr/closed"], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["self-service first"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+442079460003", "call.language": "de", "call.hour": 7, "call.minute": 30, "call.weekday": "wednesday", "call.date": "2026-11-11", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "at-risk", "customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 9.938, "customer.previous_segment": "", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G03", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.022, "look up": 0.403, "PIN": 0.0, "decide": 0.283}}', '{"call_id": "pbx1-1794378653.5", "linked_id": "pbx1-1794378653.5", "caller_number": "+442079460003", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000005-golden@carrier", "arrived_at": 1794378653.399, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794525027.6', 1794525027.622, 'G02', 'standard', NULL, 0, 39.2, 'closed', 'berlin is closed (friday 00:10)', 0.835, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794525027.6", "action": "end", "treatment": "closed-end", "queue": null, "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "closed", "reason": "berlin is closed (friday 00:10)", "label": "STANDARD score 39.2 - Charles Babbage", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello", "ivr/greeting"], "say": ["hello", "ivr/closed"], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 0, "call.minute": 10, "call.weekday": "friday", "call.date": "2026-11-13", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 11.632, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.02, "look up": 0.394, "PIN": 0.0, "decide": 0.388}}', '{"call_id": "pbx1-1794525027.6", "linked_id": "pbx1-1794525027.6", "caller_number": "+442079460002", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000006-golden@carrier", "arrived_at": 1794525027.622, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794571248.7', 1794571248.785, 'G07', NULL, 'general-de', 20, NULL, 'another language', 'call.language != "en" (language is "de"), so another language', 0.648, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794571248.7", "action": "queue", "treatment": "by-language", "queue": "general-de", "priority": 20, "segment": null, "customer_id": "G07", "customer_name": "Nobody Knows", "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "found", "rule": "another language", "reason": "call.language != \"en\" (language is \"de\"), so another language", "label": "BY-LANGUAGE another language - Nobody Knows", "rung": "live", "policy_version": "dd22a33dc719", "language": "de", "test": false, "steps": [{"after": 60, "priority": 40, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["hello", "ivr/greeting"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+442079460007", "call.language": "de", "call.hour": 13, "call.minute": 0, "call.weekday": "friday", "call.date": "2026-11-13", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G07", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": 12.167, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G07", "note.claims_pin": false, "note.name": "Nobody Knows"}, "took_ms": {"identify": 0.019, "look up": 0.368, "PIN": 0.0, "decide": 0.233}}', '{"call_id": "pbx1-1794571248.7", "linked_id": "pbx1-1794571248.7", "caller_number": "+442079460007", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000007-golden@carrier", "arrived_at": 1794571248.785, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794646800.8', 1794646800.712, 'G12', 'standard', 'general-de', 20, 20, 'another language', 'call.language != "en" (language is "de"), so another language', 0.684, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794646800.8", "action": "queue", "treatment": "by-language", "queue": "general-de", "priority": 20, "segment": "standard", "customer_id": "G12", "customer_name": "O''Neil, \"Bob\" Quote", "scores": {"value": 0.0, "potential": 100.0, "need": 0.0}, "score": 20.0, "lookup": "found", "rule": "another language", "reason": "call.language != \"en\" (language is \"de\"), so another language", "label": "STANDARD score 20 - O''Neil, Bob Quote", "rung": "live", "policy_version": "dd22a33dc719", "language": "de", "test": false, "steps": [{"after": 60, "priority": 40, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["hello", "ivr/greeting"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+442079460012", "call.language": "de", "call.hour": 10, "call.minute": 0, "call.weekday": "saturday", "call.date": "2026-11-14", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G12", "customer.value": 0.0, "customer.potential": 100.0, "customer.need": 0.0, "customer.score": 20.0, "customer.scores_age_days": 13.042, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G12", "note.claims_pin": false, "note.name": "O''Neil, \"Bob\" Quote"}, "took_ms": {"identify": 0.018, "look up": 0.405, "PIN": 0.0, "decide": 0.234}}', '{"call_id": "pbx1-1794646800.8", "linked_id": "pbx1-1794646800.8", "caller_number": "+442079460012", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000008-golden@carrier", "arrived_at": 1794646800.712, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794765568.9', 1794765568.272, 'G02', 'standard', 'general-queue', 10, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.5, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794765568.9", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2 - Charles Babbage", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello", "ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1004", "call.entry": "berlin", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-15", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 14.416, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.014, "look up": 0.272, "PIN": 0.0, "decide": 0.189}}', '{"call_id": "pbx1-1794765568.9", "linked_id": "pbx1-1794765568.9", "caller_number": "+442079460002", "dialled": "1004", "withheld": false, "trunk": "carrier", "sip_call_id": "00000009-golden@carrier", "arrived_at": 1794765568.272, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794823246.10', 1794823246.821, 'G01', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 1.284, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794823246.10", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G01", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91, fibre, nobody waits - Ada Lovelace", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "fibre", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["fibre", "nobody waits"], "trust": "attested", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "A", "call.trunk": "carrier", "call.withheld": false, "call.trust": "attested", "segment": "premium", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 15.084, "customer.previous_segment": "premium", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 14.021, "customer.contacts_7d": 0, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"premium": 0, "general-queue": 4}, "queues.longest_wait": {"premium": 0, "general-queue": 73}, "queues.agents_free": {"premium": 2, "general-queue": 0}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.044, "look up": 0.728, "PIN": 0.001, "decide": 0.481}}', '{"call_id": "pbx1-1794823246.10", "linked_id": "pbx1-1794823246.10", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000000a-golden@carrier", "arrived_at": 1794823246.821, "attestation": "A", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794823814.11', 1794823814.605, 'G01', 'premium', 'premium', 105, 69.4, 'premium', 'value 91 is at least 80, so premium', 3.595, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794823814.11", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 105, "segment": "premium", "customer_id": "G01", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91, repeat caller, fibre - Ada Lovelace", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "fibre", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "fibre"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460101", "call.language": "en", "call.hour": 10, "call.minute": 10, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 15.09, "customer.previous_segment": "premium", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.007, "customer.contacts_7d": 1, "customer.contacts_30d": 2, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"premium": 5}, "queues.longest_wait": {"premium": 190}, "queues.agents_free": {"premium": 0}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.039, "look up": 3.145, "PIN": 0.001, "decide": 0.381}}', '{"call_id": "pbx1-1794823814.11", "linked_id": "pbx1-1794823814.11", "caller_number": "+442079460101", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000000b-golden@carrier", "arrived_at": 1794823814.605, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794824406.12', 1794824406.923, 'G05', 'premium', 'premium', 100, 61.2, 'premium', 'was premium before, and value 77 is at least 75, so premium', 0.767, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794824406.12", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G05", "customer_name": "\u00dcnal \u00c7elik", "scores": {"value": 77.0, "potential": 70.0, "need": 5.0}, "score": 61.2, "lookup": "found", "rule": "premium", "reason": "was premium before, and value 77 is at least 75, so premium", "label": "PREMIUM value 77 - \u00dcnal \u00c7elik", "rung": "live", "policy_version": "dd22a33dc719", "language": "de", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+4930901820050", "call.language": "de", "call.hour": 10, "call.minute": 20, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G05", "customer.value": 77.0, "customer.potential": 70.0, "customer.need": 5.0, "customer.score": 61.2, "customer.scores_age_days": 13.139, "customer.previous_segment": "premium", "customer.products": ["mobile"], "customer.tags": ["vip"], "customer.language": "de", "customer.preferred_agent": "Dora Klein", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 7.014, "customer.contacts_7d": 0, "customer.contacts_30d": 2, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "flex", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G05", "note.claims_pin": false, "note.name": "\u00dcnal \u00c7elik"}, "took_ms": {"identify": 0.019, "look up": 0.412, "PIN": 0.0, "decide": 0.305}}', '{"call_id": "pbx1-1794824406.12", "linked_id": "pbx1-1794824406.12", "caller_number": "+4930901820050", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000000c-golden@carrier", "arrived_at": 1794824406.923, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825020.13', 1794825020.031, 'G04', NULL, NULL, 0, 7.6, 'blocked', 'blocked, so blocked', 3.524, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825020.13", "action": "refuse", "treatment": "refused", "queue": null, "priority": 0, "segment": null, "customer_id": "G04", "customer_name": "Silas Wegg", "scores": {"value": 5.0, "potential": 3.0, "need": 20.0}, "score": 7.6, "lookup": "found", "rule": "blocked", "reason": "blocked, so blocked", "label": "REFUSED blocked - Silas Wegg", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ss-noservice"], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460004", "call.language": "en", "call.hour": 10, "call.minute": 30, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G04", "customer.value": 5.0, "customer.potential": 3.0, "customer.need": 20.0, "customer.score": 7.6, "customer.scores_age_days": 15.104, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": true, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G04", "note.claims_pin": false, "note.name": "Silas Wegg"}, "took_ms": {"identify": 0.016, "look up": 3.337, "PIN": 0.0, "decide": 0.146}}', '{"call_id": "pbx1-1794825020.13", "linked_id": "pbx1-1794825020.13", "caller_number": "+442079460004", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000000d-golden@carrier", "arrived_at": 1794825020.031, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825061.14', 1794825061.026, NULL, NULL, NULL, 0, NULL, 'forged', 'call.attestation == "failed" (attestation is "failed") and call.trunk == "backup" (trunk is "backup"), so forged', 0.96, 'untrusted', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825061.14", "action": "refuse", "treatment": "refused-said", "queue": null, "priority": 0, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "forged", "reason": "call.attestation == \"failed\" (attestation is \"failed\") and call.trunk == \"backup\" (trunk is \"backup\"), so forged", "label": "REFUSED-SAID forged", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ivr/closed"], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 10, "call.minute": 31, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "failed", "call.trunk": "backup", "call.withheld": false, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G03", "note.claims_pin": false, "note.name": "Mary Somerville", "note.claimed": {"customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 15.105, "customer.previous_segment": "at-risk", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": 5.167, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 0.014, "look up": 0.777, "PIN": 0.0, "decide": 0.143}}', '{"call_id": "pbx1-1794825061.14", "linked_id": "pbx1-1794825061.14", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "backup", "sip_call_id": "0000000e-golden@carrier", "arrived_at": 1794825061.026, "attestation": "failed", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825161.15', 1794825161.554, NULL, NULL, 'general-queue', 10, NULL, 'default', 'it is not sure who calls (none), so the default applies', 0.534, 'untrusted', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825161.15", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "default", "reason": "it is not sure who calls (none), so the default applies", "label": "GENERAL not sure who", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 10, "call.minute": 32, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "failed", "call.trunk": "carrier", "call.withheld": false, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G03", "note.claims_pin": false, "note.name": "Mary Somerville", "note.claimed": {"customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 15.106, "customer.previous_segment": "at-risk", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": 5.168, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 0.014, "look up": 0.306, "PIN": 0.0, "decide": 0.188}}', '{"call_id": "pbx1-1794825161.15", "linked_id": "pbx1-1794825161.15", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000000f-golden@carrier", "arrived_at": 1794825161.554, "attestation": "failed", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825180.16', 1794825180.961, NULL, NULL, 'general-queue', 10, NULL, 'default', 'it is not sure who calls (none), so the default applies', 0.928, 'untrusted', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825180.16", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "default", "reason": "it is not sure who calls (none), so the default applies", "label": "GENERAL not sure who", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 10, "call.minute": 33, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "elsewhere", "call.withheld": false, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G03", "note.claims_pin": false, "note.name": "Mary Somerville", "note.claimed": {"customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 15.106, "customer.previous_segment": "at-risk", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": 5.168, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 0.013, "look up": 0.704, "PIN": 0.0, "decide": 0.184}}', '{"call_id": "pbx1-1794825180.16", "linked_id": "pbx1-1794825180.16", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "elsewhere", "sip_call_id": "00000010-golden@carrier", "arrived_at": 1794825180.961, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825296.17', 1794825296.39, 'G06', 'vip', 'premium', 1000, 38, 'vip', '"vip" in customer.tags (tags is ["vip"]) and potential 95 is at least 90, so vip', 0.524, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825296.17", "action": "queue", "treatment": "vip", "queue": "premium", "priority": 1000, "segment": "vip", "customer_id": "G06", "customer_name": "Marie Dupont", "scores": {"value": 30.0, "potential": 95.0, "need": 5.0}, "score": 38.0, "lookup": "found", "rule": "vip", "reason": "\"vip\" in customer.tags (tags is [\"vip\"]) and potential 95 is at least 90, so vip", "label": "VIP potential 95 - Marie Dupont", "rung": "live", "policy_version": "dd22a33dc719", "language": "fr", "test": false, "steps": [{"after": 10, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "voicemail", "then": ""}, {"after": 20, "priority": 990, "queue": "general-fr", "say": ["hello"], "offer": "", "then": ""}, {"after": 30, "priority": null, "queue": null, "say": ["ivr/closed"], "offer": "", "then": "voicemail"}], "greeting": ["ivr/greeting-frequent"], "say": [], "mailbox": "200", "music": "gold", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "attested", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460006", "call.language": "fr", "call.hour": 10, "call.minute": 34, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "A", "call.trunk": "carrier", "call.withheld": false, "call.trust": "attested", "segment": "vip", "customer.found": true, "customer.id": "G06", "customer.value": 30.0, "customer.potential": 95.0, "customer.need": 5.0, "customer.score": 38.0, "customer.scores_age_days": 15.107, "customer.previous_segment": "", "customer.products": [], "customer.tags": ["vip"], "customer.language": "fr", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G06", "note.claims_pin": false, "note.name": "Marie Dupont"}, "took_ms": {"identify": 0.013, "look up": 0.283, "PIN": 0.0, "decide": 0.204}}', '{"call_id": "pbx1-1794825296.17", "linked_id": "pbx1-1794825296.17", "caller_number": "+442079460006", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000011-golden@carrier", "arrived_at": 1794825296.39, "attestation": "A", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825343.18', 1794825343.221, 'G06', NULL, 'general-fr', 20, 38, 'another language', 'call.language != "en" (language is "fr"), so another language', 0.562, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825343.18", "action": "queue", "treatment": "by-language", "queue": "general-fr", "priority": 20, "segment": null, "customer_id": "G06", "customer_name": "Marie Dupont", "scores": {"value": 30.0, "potential": 95.0, "need": 5.0}, "score": 38.0, "lookup": "found", "rule": "another language", "reason": "call.language != \"en\" (language is \"fr\"), so another language", "label": "BY-LANGUAGE another language - Marie Dupont", "rung": "live", "policy_version": "dd22a33dc719", "language": "fr", "test": false, "steps": [{"after": 60, "priority": 40, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460006", "call.language": "fr", "call.hour": 10, "call.minute": 35, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "B", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G06", "customer.value": 30.0, "customer.potential": 95.0, "customer.need": 5.0, "customer.score": 38.0, "customer.scores_age_days": 15.108, "customer.previous_segment": "", "customer.products": [], "customer.tags": ["vip"], "customer.language": "fr", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G06", "note.claims_pin": false, "note.name": "Marie Dupont"}, "took_ms": {"identify": 0.012, "look up": 0.354, "PIN": 0.0, "decide": 0.171}}', '{"call_id": "pbx1-1794825343.18", "linked_id": "pbx1-1794825343.18", "caller_number": "+442079460006", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000012-golden@carrier", "arrived_at": 1794825343.221, "attestation": "B", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825387.19', 1794825387.743, 'G06', NULL, 'general-fr', 20, 38, 'another language', 'call.language != "en" (language is "fr"), so another language', 0.502, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825387.19", "action": "queue", "treatment": "by-language", "queue": "general-fr", "priority": 20, "segment": null, "customer_id": "G06", "customer_name": "Marie Dupont", "scores": {"value": 30.0, "potential": 95.0, "need": 5.0}, "score": 38.0, "lookup": "found", "rule": "another language", "reason": "call.language != \"en\" (language is \"fr\"), so another language", "label": "BY-LANGUAGE another language - Marie Dupont", "rung": "live", "policy_version": "dd22a33dc719", "language": "fr", "test": false, "steps": [{"after": 60, "priority": 40, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460006", "call.language": "fr", "call.hour": 10, "call.minute": 36, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "C", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G06", "customer.value": 30.0, "customer.potential": 95.0, "customer.need": 5.0, "customer.score": 38.0, "customer.scores_age_days": 15.109, "customer.previous_segment": "", "customer.products": [], "customer.tags": ["vip"], "customer.language": "fr", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G06", "note.claims_pin": false, "note.name": "Marie Dupont"}, "took_ms": {"identify": 0.012, "look up": 0.305, "PIN": 0.0, "decide": 0.16}}', '{"call_id": "pbx1-1794825387.19", "linked_id": "pbx1-1794825387.19", "caller_number": "+442079460006", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000013-golden@carrier", "arrived_at": 1794825387.743, "attestation": "C", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825421.20', 1794825421.54, 'G07', NULL, 'general-queue', 15, NULL, 'default', 'no segment fits, so the default applies', 0.472, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825421.20", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": null, "customer_id": "G07", "customer_name": "Nobody Knows", "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "found", "rule": "default", "reason": "no segment fits, so the default applies", "label": "GENERAL repeat caller - Nobody Knows", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460007", "call.language": "en", "call.hour": 10, "call.minute": 37, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G07", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": 15.109, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 2.942, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G07", "note.claims_pin": false, "note.name": "Nobody Knows"}, "took_ms": {"identify": 0.011, "look up": 0.263, "PIN": 0.0, "decide": 0.174}}', '{"call_id": "pbx1-1794825421.20", "linked_id": "pbx1-1794825421.20", "caller_number": "+442079460007", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000014-golden@carrier", "arrived_at": 1794825421.54, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825494.21', 1794825494.782, 'G08', 'standard', 'general-queue', 10, 60, 'standard', 'score 60 is at least 10, so standard', 0.442, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825494.21", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "G08", "customer_name": "Jana Novak", "scores": {"value": 60.0, "potential": 60.0, "need": 60.0}, "score": 60.0, "lookup": "found", "rule": "standard", "reason": "score 60 is at least 10, so standard", "label": "STANDARD score 60 - Jana Novak", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460008", "call.language": "en", "call.hour": 10, "call.minute": 38, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G08", "customer.value": 60.0, "customer.potential": 60.0, "customer.need": 60.0, "customer.score": 60.0, "customer.scores_age_days": 168.109, "customer.previous_segment": "", "customer.products": [], "customer.tags": ["a", "b", "c"], "customer.language": "pl", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": true, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G08", "note.claims_pin": false, "note.name": "Jana Novak"}, "took_ms": {"identify": 0.01, "look up": 0.243, "PIN": 0.0, "decide": 0.165}}', '{"call_id": "pbx1-1794825494.21", "linked_id": "pbx1-1794825494.21", "caller_number": "+442079460008", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000015-golden@carrier", "arrived_at": 1794825494.782, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825568.22', 1794825568.961, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known number, so the default applies', 0.417, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825568.22", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known number, so the default applies", "label": "GENERAL not a known number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460009", "call.language": "en", "call.hour": 10, "call.minute": 39, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.014, "look up": 0.247, "PIN": 0.0, "decide": 0.13}}', '{"call_id": "pbx1-1794825568.22", "linked_id": "pbx1-1794825568.22", "caller_number": "+442079460009", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000016-golden@carrier", "arrived_at": 1794825568.961, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825631.23', 1794825631.566, NULL, NULL, 'general-queue', 10, NULL, 'default', '+442079460800 belongs to 2 customers, so the default applies', 0.631, 'ambiguous', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825631.23", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "ambiguous", "rule": "default", "reason": "+442079460800 belongs to 2 customers, so the default applies", "label": "GENERAL shared number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460800", "call.language": "en", "call.hour": 10, "call.minute": 40, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "ambiguous", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.shared_by": 2}, "took_ms": {"identify": 0.011, "look up": 0.458, "PIN": 0.0, "decide": 0.136}}', '{"call_id": "pbx1-1794825631.23", "linked_id": "pbx1-1794825631.23", "caller_number": "+442079460800", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000017-golden@carrier", "arrived_at": 1794825631.566, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825674.24', 1794825674.353, NULL, NULL, 'general-queue', 10, NULL, 'default', 'number withheld, so the default applies', 0.139, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825674.24", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "number withheld, so the default applies", "label": "GENERAL number withheld", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "", "call.language": "en", "call.hour": 10, "call.minute": 41, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": true, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "number withheld", "note.why_not": "number withheld", "note.age": null}, "took_ms": {"identify": 0.003, "look up": 0.002, "PIN": 0.0, "decide": 0.11}}', '{"call_id": "pbx1-1794825674.24", "linked_id": "pbx1-1794825674.24", "caller_number": "+442079460001", "dialled": "1000", "withheld": true, "trunk": "carrier", "sip_call_id": "00000018-golden@carrier", "arrived_at": 1794825674.353, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825734.25', 1794825734.693, NULL, NULL, 'general-queue', 10, NULL, 'default', 'no caller number, so the default applies', 0.129, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825734.25", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "no caller number, so the default applies", "label": "GENERAL no caller number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "", "call.language": "en", "call.hour": 10, "call.minute": 42, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "no caller number", "note.why_not": "no caller number", "note.age": null}, "took_ms": {"identify": 0.003, "look up": 0.001, "PIN": 0.0, "decide": 0.102}}', '{"call_id": "pbx1-1794825734.25", "linked_id": "pbx1-1794825734.25", "caller_number": "", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000019-golden@carrier", "arrived_at": 1794825734.693, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825794.26', 1794825794.779, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a telephone number, so the default applies', 0.138, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825794.26", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a telephone number, so the default applies", "label": "GENERAL not a telephone number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "", "call.language": "en", "call.hour": 10, "call.minute": 43, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a telephone number", "note.why_not": "not a telephone number", "note.age": null}, "took_ms": {"identify": 0.01, "look up": 0.001, "PIN": 0.0, "decide": 0.103}}', '{"call_id": "pbx1-1794825794.26", "linked_id": "pbx1-1794825794.26", "caller_number": "12", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000001a-golden@carrier", "arrived_at": 1794825794.779, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825869.27', 1794825869.975, 'G10', 'won-back', 'general-queue', 10, 29, 'default', 'no rule fits, so the default applies', 0.538, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825869.27", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "won-back", "customer_id": "G10", "customer_name": "Lapsed Lena", "scores": {"value": 20.0, "potential": 80.0, "need": 5.0}, "score": 29.0, "lookup": "found", "rule": "default", "reason": "no rule fits, so the default applies", "label": "WON-BACK potential 80 - Lapsed Lena", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460010", "call.language": "en", "call.hour": 10, "call.minute": 44, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "won-back", "customer.found": true, "customer.id": "G10", "customer.value": 20.0, "customer.potential": 80.0, "customer.need": 5.0, "customer.score": 29.0, "customer.scores_age_days": 15.114, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": true, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G10", "note.claims_pin": false, "note.name": "Lapsed Lena"}, "took_ms": {"identify": 0.009, "look up": 0.345, "PIN": 0.0, "decide": 0.16}}', '{"call_id": "pbx1-1794825869.27", "linked_id": "pbx1-1794825869.27", "caller_number": "+442079460010", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000001b-golden@carrier", "arrived_at": 1794825869.975, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825918.28', 1794825918.948, 'G10', 'won-back', 'general-queue', 10, 29, 'default', 'no rule fits, so the default applies', 0.424, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825918.28", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "won-back", "customer_id": "G10", "customer_name": "Lapsed Lena", "scores": {"value": 20.0, "potential": 80.0, "need": 5.0}, "score": 29.0, "lookup": "found", "rule": "default", "reason": "no rule fits, so the default applies", "label": "WON-BACK potential 80 - Lapsed Lena", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460010", "call.language": "en", "call.hour": 10, "call.minute": 45, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "won-back", "customer.found": true, "customer.id": "G10", "customer.value": 20.0, "customer.potential": 80.0, "customer.need": 5.0, "customer.score": 29.0, "customer.scores_age_days": 15.115, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": true, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G10", "note.claims_pin": false, "note.name": "Lapsed Lena"}, "took_ms": {"identify": 0.01, "look up": 0.242, "PIN": 0.0, "decide": 0.148}}', '{"call_id": "pbx1-1794825918.28", "linked_id": "pbx1-1794825918.28", "caller_number": "+442079460010", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000001c-golden@carrier", "arrived_at": 1794825918.948, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794825961.29', 1794825961.426, 'G11', NULL, 'general-queue', 10, 1, 'default', 'no segment fits, so the default applies', 0.536, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794825961.29", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "G11", "customer_name": "Poor Peter", "scores": {"value": 1.0, "potential": 1.0, "need": 1.0}, "score": 1.0, "lookup": "found", "rule": "default", "reason": "no segment fits, so the default applies", "label": "GENERAL - Poor Peter", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460011", "call.language": "en", "call.hour": 10, "call.minute": 46, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G11", "customer.value": 1.0, "customer.potential": 1.0, "customer.need": 1.0, "customer.score": 1.0, "customer.scores_age_days": 15.115, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G11", "note.claims_pin": false, "note.name": "Poor Peter"}, "took_ms": {"identify": 0.01, "look up": 0.358, "PIN": 0.0, "decide": 0.145}}', '{"call_id": "pbx1-1794825961.29", "linked_id": "pbx1-1794825961.29", "caller_number": "+442079460011", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000001d-golden@carrier", "arrived_at": 1794825961.426, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826073.30', 1794826073.938, 'G03', 'at-risk', 'general-queue', 55, 56.4, 'at-risk', 'need 88 is at least 75 and customer.scores_age_days < 30.0 (scores age days is 15.116), so at-risk', 0.519, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826073.30", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 55, "segment": "at-risk", "customer_id": "G03", "customer_name": "Mary Somerville", "scores": {"value": 52.0, "potential": 38.0, "need": 88.0}, "score": 56.4, "lookup": "found", "rule": "at-risk", "reason": "need 88 is at least 75 and customer.scores_age_days < 30.0 (scores age days is 15.116), so at-risk", "label": "AT-RISK need 88, repeat caller, self-service first - Mary So", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 90, "priority": 65, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["hello"], "offer": "", "then": "end"}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "account", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "self-service first"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 10, "call.minute": 47, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "at-risk", "customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 15.116, "customer.previous_segment": "at-risk", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": 5.178, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G03", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.011, "look up": 0.275, "PIN": 0.0, "decide": 0.209}}', '{"call_id": "pbx1-1794826073.30", "linked_id": "pbx1-1794826073.30", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000001e-golden@carrier", "arrived_at": 1794826073.938, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826115.31', 1794826115.944, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.498, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826115.31", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 48, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 15.117, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.701, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.009, "look up": 0.265, "PIN": 0.0, "decide": 0.2}}', '{"call_id": "pbx1-1794826115.31", "linked_id": "pbx1-1794826115.31", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000001f-golden@carrier", "arrived_at": 1794826115.944, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826181.32', 1794826181.102, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.494, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826181.32", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 49, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 15.118, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.702, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.009, "look up": 0.263, "PIN": 0.0, "decide": 0.198}}', '{"call_id": "pbx1-1794826181.32", "linked_id": "pbx1-1794826181.32", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000020-golden@carrier", "arrived_at": 1794826181.102, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826211.33', 1794826211.644, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.548, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826211.33", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 50, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 15.118, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.702, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.01, "look up": 0.263, "PIN": 0.0, "decide": 0.252}}', '{"call_id": "pbx1-1794826211.33", "linked_id": "pbx1-1794826211.33", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000021-golden@carrier", "arrived_at": 1794826211.644, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826306.34', 1794826306.88, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known number, so the default applies', 0.367, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826306.34", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known number, so the default applies", "label": "GENERAL not a known number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": true, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460990", "call.language": "en", "call.hour": 10, "call.minute": 51, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.01, "look up": 0.205, "PIN": 0.0, "decide": 0.127}}', '{"call_id": "pbx1-1794826306.34", "linked_id": "pbx1-1794826306.34", "caller_number": "+442079460990", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000022-golden@carrier", "arrived_at": 1794826306.88, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826338.35', 1794826338.123, 'G02', 'frequent', 'general-queue', 0, 39.2, 'frequent', 'the number dialled (frequent) gives it, so frequent', 0.486, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826338.35", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 0, "segment": "frequent", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "frequent", "reason": "the number dialled (frequent) gives it, so frequent", "label": "FREQUENT repeat caller, many calls - Charles Babbage", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["hello"], "offer": "", "then": "end"}], "greeting": ["ivr/greeting-frequent"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1002", "call.entry": "frequent", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 52, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "frequent", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 15.12, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.703, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.012, "look up": 0.263, "PIN": 0.0, "decide": 0.188}}', '{"call_id": "pbx1-1794826338.35", "linked_id": "pbx1-1794826338.35", "caller_number": "+442079460002", "dialled": "1002", "withheld": false, "trunk": "carrier", "sip_call_id": "00000023-golden@carrier", "arrived_at": 1794826338.123, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826427.36', 1794826427.34, NULL, 'frequent', 'general-queue', 50, NULL, 'frequent', 'the number dialled (frequent) gives it, so frequent', 0.375, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826427.36", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "frequent", "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "frequent", "reason": "the number dialled (frequent) gives it, so frequent", "label": "FREQUENT", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["hello"], "offer": "", "then": "end"}], "greeting": ["ivr/greeting-frequent"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1002", "call.entry": "frequent", "call.intent": "", "call.number": "+442079460199", "call.language": "en", "call.hour": 10, "call.minute": 53, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "elsewhere", "call.withheld": false, "call.trust": "none", "segment": "frequent", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.012, "look up": 0.196, "PIN": 0.0, "decide": 0.134}}', '{"call_id": "pbx1-1794826427.36", "linked_id": "pbx1-1794826427.36", "caller_number": "+442079460199", "dialled": "1002", "withheld": false, "trunk": "elsewhere", "sip_call_id": "00000024-golden@carrier", "arrived_at": 1794826427.34, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826497.37', 1794826497.738, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.505, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826497.37", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 54, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 15.121, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.705, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.01, "look up": 0.267, "PIN": 0.0, "decide": 0.205}}', '{"call_id": "pbx1-1794826497.37", "linked_id": "pbx1-1794826497.37", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000025-golden@carrier", "arrived_at": 1794826497.738, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794826545.38', 1794826545.512, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.508, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794826545.38", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "9999", "call.entry": "other", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 55, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 15.122, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.706, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.012, "look up": 0.273, "PIN": 0.001, "decide": 0.2}}', '{"call_id": "pbx1-1794826545.38", "linked_id": "pbx1-1794826545.38", "caller_number": "+442079460002", "dialled": "9999", "withheld": false, "trunk": "carrier", "sip_call_id": "", "arrived_at": 1794826545.512, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794828649.60', 1794828649.167, 'G10', 'won-back', 'general-queue', 15, 29, 'default', 'no rule fits, so the default applies', 0.564, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794828649.60", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": "won-back", "customer_id": "G10", "customer_name": "Lapsed Lena", "scores": {"value": 20.0, "potential": 80.0, "need": 5.0}, "score": 29.0, "lookup": "found", "rule": "default", "reason": "no rule fits, so the default applies", "label": "WON-BACK potential 80, repeat caller - Lapsed Lena", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460010", "call.language": "en", "call.hour": 11, "call.minute": 30, "call.weekday": "monday", "call.date": "2026-11-16", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "won-back", "customer.found": true, "customer.id": "G10", "customer.value": 20.0, "customer.potential": 80.0, "customer.need": 5.0, "customer.score": 29.0, "customer.scores_age_days": 15.146, "customer.previous_segment": "won-back", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.032, "customer.contacts_7d": 2, "customer.contacts_30d": 2, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": true, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G10", "note.claims_pin": false, "note.name": "Lapsed Lena"}, "took_ms": {"identify": 0.017, "look up": 0.322, "PIN": 0.0, "decide": 0.2}}', '{"call_id": "pbx1-1794828649.60", "linked_id": "pbx1-1794828649.60", "caller_number": "+442079460010", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000003c-golden@carrier", "arrived_at": 1794828649.167, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794915033.61', 1794915033.86, 'G10', 'won-back', 'general-queue', 0, 29, 'default', 'no rule fits, so the default applies', 1.128, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794915033.61", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "won-back", "customer_id": "G10", "customer_name": "Lapsed Lena", "scores": {"value": 20.0, "potential": 80.0, "need": 5.0}, "score": 29.0, "lookup": "found", "rule": "default", "reason": "no rule fits, so the default applies", "label": "WON-BACK potential 80, repeat caller, gave up last time, man", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "gave up last time", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460010", "call.language": "en", "call.hour": 11, "call.minute": 30, "call.weekday": "tuesday", "call.date": "2026-11-17", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "won-back", "customer.found": true, "customer.id": "G10", "customer.value": 20.0, "customer.potential": 80.0, "customer.need": 5.0, "customer.score": 29.0, "customer.scores_age_days": 16.146, "customer.previous_segment": "won-back", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 1.0, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": true, "customer.open_case": false, "customer.contract": "", "customer.lapsed": true, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G10", "note.claims_pin": false, "note.name": "Lapsed Lena"}, "took_ms": {"identify": 0.045, "look up": 0.654, "PIN": 0.0, "decide": 0.396}}', '{"call_id": "pbx1-1794915033.61", "linked_id": "pbx1-1794915033.61", "caller_number": "+442079460010", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000003d-golden@carrier", "arrived_at": 1794915033.86, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794918659.39', 1794918659.99, 'G02', 'standard', NULL, 0, 39.2, 'closed', 'invoices is closed (tuesday 12:30)', 1.059, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794918659.39", "action": "voicemail", "treatment": "closed", "queue": null, "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "closed", "reason": "invoices is closed (tuesday 12:30)", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ivr/closed"], "mailbox": "101", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 12, "call.minute": 30, "call.weekday": "tuesday", "call.date": "2026-11-17", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 16.188, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 1.066, "customer.contacts_7d": 8, "customer.contacts_30d": 9, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.039, "look up": 0.631, "PIN": 0.0, "decide": 0.356}}', '{"call_id": "pbx1-1794918659.39", "linked_id": "pbx1-1794918659.39", "caller_number": "+442079460002", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "00000027-golden@carrier", "arrived_at": 1794918659.99, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794996037.44', 1794996037.996, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.552, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996037.44", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 17.084, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.896, "customer.contacts_7d": 9, "customer.contacts_30d": 10, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.014, "look up": 0.294, "PIN": 0.001, "decide": 0.22}}', '{"call_id": "pbx1-1794996037.44", "linked_id": "pbx1-1794996037.44", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000002c-golden@carrier", "arrived_at": 1794996037.996, "attestation": "", "asked": "m", "intent": "1", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794996116.45', 1794996116.511, 'G02', 'standard', 'general-queue', 10, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.598, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996116.45", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls, something is", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 10, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "calm", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls", "something is wrong"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "trouble", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 1, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 17.085, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.896, "customer.contacts_7d": 9, "customer.contacts_30d": 10, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.013, "look up": 0.271, "PIN": 0.0, "decide": 0.29}}', '{"call_id": "pbx1-1794996116.45", "linked_id": "pbx1-1794996116.45", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000002d-golden@carrier", "arrived_at": 1794996116.511, "attestation": "", "asked": "m", "intent": "2", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794996174.46', 1794996174.963, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.556, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996174.46", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "other", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 2, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 17.085, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.897, "customer.contacts_7d": 9, "customer.contacts_30d": 10, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.021, "look up": 0.303, "PIN": 0.001, "decide": 0.208}}', '{"call_id": "pbx1-1794996174.46", "linked_id": "pbx1-1794996174.46", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000002e-golden@carrier", "arrived_at": 1794996174.963, "attestation": "", "asked": "m", "intent": "*", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794996212.47', 1794996212.402, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 0.499, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996212.47", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 3, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 17.086, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.898, "customer.contacts_7d": 9, "customer.contacts_30d": 10, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.011, "look up": 0.268, "PIN": 0.0, "decide": 0.197}}', '{"call_id": "pbx1-1794996212.47", "linked_id": "pbx1-1794996212.47", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000002f-golden@carrier", "arrived_at": 1794996212.402, "attestation": "", "asked": "m", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794996277.48', 1794996277.873, 'G03', 'at-risk', 'general-queue', 65, 56.4, 'at-risk', 'need 88 is at least 75 and customer.scores_age_days < 30.0 (scores age days is 17.086), so at-risk', 0.69, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996277.48", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 65, "segment": "at-risk", "customer_id": "G03", "customer_name": "Mary Somerville", "scores": {"value": 52.0, "potential": 38.0, "need": 88.0}, "score": 56.4, "lookup": "found", "rule": "at-risk", "reason": "need 88 is at least 75 and customer.scores_age_days < 30.0 (scores age days is 17.086), so at-risk", "label": "AT-RISK need 88, repeat caller, something is wrong, self-ser", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 90, "priority": 75, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["hello"], "offer": "", "then": "end"}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "", "music": "calm", "self_service": "account", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "something is wrong", "self-service first"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "trouble", "call.number": "+442079460198", "call.language": "en", "call.hour": 10, "call.minute": 4, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "at-risk", "customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 17.086, "customer.previous_segment": "at-risk", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": 1.97, "customer.contacts_7d": 1, "customer.contacts_30d": 2, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G03", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.012, "look up": 0.448, "PIN": 0.0, "decide": 0.207}}', '{"call_id": "pbx1-1794996277.48", "linked_id": "pbx1-1794996277.48", "caller_number": "+442079460198", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000030-golden@carrier", "arrived_at": 1794996277.873, "attestation": "", "asked": "nnm", "intent": "2", "typed": "44200003"}');
INSERT INTO public.decisions VALUES ('pbx1-1794996302.49', 1794996302.491, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known customer number, so the default applies', 0.589, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996302.49", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known customer number, so the default applies", "label": "GENERAL not a known customer number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460198", "call.language": "en", "call.hour": 10, "call.minute": 5, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a known customer number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.011, "look up": 0.418, "PIN": 0.001, "decide": 0.133}}', '{"call_id": "pbx1-1794996302.49", "linked_id": "pbx1-1794996302.49", "caller_number": "+442079460198", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000031-golden@carrier", "arrived_at": 1794996302.491, "attestation": "", "asked": "nnm", "intent": "", "typed": "222"}');
INSERT INTO public.decisions VALUES ('pbx1-1794996375.50', 1794996375.761, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known number, so the default applies', 0.415, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996375.50", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known number, so the default applies", "label": "GENERAL not a known number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "menu", "ask_sound": ["ivr/menu-service"], "ask_keys": "12*", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460198", "call.language": "en", "call.hour": 10, "call.minute": 6, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.023, "look up": 0.226, "PIN": 0.0, "decide": 0.143}}', '{"call_id": "pbx1-1794996375.50", "linked_id": "pbx1-1794996375.50", "caller_number": "+442079460198", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000032-golden@carrier", "arrived_at": 1794996375.761, "attestation": "", "asked": "n", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1794996471.51', 1794996471.413, 'G09', 'standard', 'general-queue', 10, 61, 'standard', 'score 61 is at least 10, so standard', 0.623, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996471.51", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "G09", "customer_name": "Jan Novak", "scores": {"value": 61.0, "potential": 61.0, "need": 61.0}, "score": 61.0, "lookup": "found", "rule": "standard", "reason": "score 61 is at least 10, so standard", "label": "STANDARD score 61 - Jan Novak", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460800", "call.language": "en", "call.hour": 10, "call.minute": 7, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G09", "customer.value": 61.0, "customer.potential": 61.0, "customer.need": 61.0, "customer.score": 61.0, "customer.scores_age_days": 17.089, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G09", "note.claims_pin": false, "note.name": "Jan Novak"}, "took_ms": {"identify": 0.01, "look up": 0.425, "PIN": 0.0, "decide": 0.162}}', '{"call_id": "pbx1-1794996471.51", "linked_id": "pbx1-1794996471.51", "caller_number": "+442079460800", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000033-golden@carrier", "arrived_at": 1794996471.413, "attestation": "", "asked": "nm", "intent": "1", "typed": "44200009"}');
INSERT INTO public.decisions VALUES ('pbx1-1794996506.52', 1794996506.68, 'G01', NULL, 'general-queue', 0, 69.4, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.524, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794996506.52", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": null, "customer_id": "G01", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller, many calls, fibre - Ada Lovelace", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "fibre", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls", "fibre"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "", "call.language": "en", "call.hour": 10, "call.minute": 8, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": true, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 17.089, "customer.previous_segment": "premium", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 1.999, "customer.contacts_7d": 2, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "number withheld", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.002, "look up": 0.263, "PIN": 0.0, "decide": 0.235}}', '{"call_id": "pbx1-1794996506.52", "linked_id": "pbx1-1794996506.52", "caller_number": "+442079460001", "dialled": "1003", "withheld": true, "trunk": "carrier", "sip_call_id": "00000034-golden@carrier", "arrived_at": 1794996506.68, "attestation": "", "asked": "nm", "intent": "1", "typed": "44200001"}');
INSERT INTO public.decisions VALUES ('pbx1-1794999611.53', 1794999611.375, 'P01', 'premium', 'premium', 100, 58, 'premium', 'value 90 is at least 80, so premium', 2.504, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794999611.53", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "P01", "customer_name": "Pin Usual", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "premium", "reason": "value 90 is at least 80, so premium", "label": "PREMIUM value 90 - Pin Usual", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "pin", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 0, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "premium", "customer.found": true, "customer.id": "P01", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.125, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P01", "note.claims_pin": true, "note.name": "Pin Usual"}, "took_ms": {"identify": 0.019, "look up": 2.273, "PIN": 0.002, "decide": 0.18}}', '{"call_id": "pbx1-1794999611.53", "linked_id": "pbx1-1794999611.53", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000035-golden@carrier", "arrived_at": 1794999611.375, "attestation": "", "asked": "npm", "intent": "1", "typed": "55000001"}');
INSERT INTO public.decisions VALUES ('pbx1-1794999935.54', 1794999935.903, 'P02', 'premium', 'premium', 100, 58, 'premium', 'value 90 is at least 80, so premium', 0.633, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1794999935.54", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "P02", "customer_name": "Pin Cheap", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "premium", "reason": "value 90 is at least 80, so premium", "label": "PREMIUM value 90 - Pin Cheap", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "pin", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 5, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "premium", "customer.found": true, "customer.id": "P02", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.129, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P02", "note.claims_pin": true, "note.name": "Pin Cheap"}, "took_ms": {"identify": 0.012, "look up": 0.436, "PIN": 0.003, "decide": 0.155}}', '{"call_id": "pbx1-1794999935.54", "linked_id": "pbx1-1794999935.54", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000036-golden@carrier", "arrived_at": 1794999935.903, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000002"}');
INSERT INTO public.decisions VALUES ('pbx1-1795000244.55', 1795000244.794, 'P03', NULL, 'general-queue', 10, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 6.957, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795000244.55", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "P03", "customer_name": "Pin Dear", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Pin Dear", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 10, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P03", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.132, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P03", "note.claims_pin": true, "note.name": "Pin Dear"}, "took_ms": {"identify": 0.022, "look up": 6.546, "PIN": 0.004, "decide": 0.34}}', '{"call_id": "pbx1-1795000244.55", "linked_id": "pbx1-1795000244.55", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000037-golden@carrier", "arrived_at": 1795000244.794, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000003"}');
INSERT INTO public.decisions VALUES ('pbx1-1795000543.56', 1795000543.755, 'P01', NULL, 'general-queue', 15, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.703, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795000543.56", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": null, "customer_id": "P01", "customer_name": "Pin Usual", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller - Pin Usual", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 15, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P01", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.136, "customer.previous_segment": "premium", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.011, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P01", "note.claims_pin": true, "note.name": "Pin Usual"}, "took_ms": {"identify": 0.012, "look up": 0.443, "PIN": 0.002, "decide": 0.218}}', '{"call_id": "pbx1-1795000543.56", "linked_id": "pbx1-1795000543.56", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000038-golden@carrier", "arrived_at": 1795000543.755, "attestation": "", "asked": "npm", "intent": "1", "typed": "55000001"}');
INSERT INTO public.decisions VALUES ('pbx1-1795000823.57', 1795000823.088, 'P06', NULL, 'general-queue', 10, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 2.72, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795000823.57", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "P06", "customer_name": "Pin Gone", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Pin Gone", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 20, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P06", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.139, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "none", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P06", "note.claims_pin": false, "note.name": "Pin Gone"}, "took_ms": {"identify": 0.024, "look up": 2.448, "PIN": 0.003, "decide": 0.219}}', '{"call_id": "pbx1-1795000823.57", "linked_id": "pbx1-1795000823.57", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000039-golden@carrier", "arrived_at": 1795000823.088, "attestation": "", "asked": "npm", "intent": "1", "typed": "55000006"}');
INSERT INTO public.decisions VALUES ('pbx1-1795001125.62', 1795001125.379, 'P07', NULL, 'general-queue', 10, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.653, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795001125.62", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "P07", "customer_name": "Pin Damaged", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Pin Damaged", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 25, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P07", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.143, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "unavailable", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P07", "note.claims_pin": true, "note.name": "Pin Damaged"}, "took_ms": {"identify": 0.014, "look up": 0.441, "PIN": 0.002, "decide": 0.167}}', '{"call_id": "pbx1-1795001125.62", "linked_id": "pbx1-1795001125.62", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000003e-golden@carrier", "arrived_at": 1795001125.379, "attestation": "", "asked": "npm", "intent": "1", "typed": "55000007"}');
INSERT INTO public.decisions VALUES ('pbx1-1795001431.63', 1795001431.75, 'P05', NULL, 'general-queue', 10, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 2.839, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795001431.63", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "P05", "customer_name": "Pin Unlocked", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Pin Unlocked", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 30, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P05", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.146, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P05", "note.claims_pin": true, "note.name": "Pin Unlocked"}, "took_ms": {"identify": 0.019, "look up": 2.605, "PIN": 0.002, "decide": 0.184}}', '{"call_id": "pbx1-1795001431.63", "linked_id": "pbx1-1795001431.63", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000003f-golden@carrier", "arrived_at": 1795001431.75, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000005"}');
INSERT INTO public.decisions VALUES ('pbx1-1795001461.64', 1795001461.48, 'P05', NULL, 'general-queue', 15, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 5.763, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795001461.64", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": null, "customer_id": "P05", "customer_name": "Pin Unlocked", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller - Pin Unlocked", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 31, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P05", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.146, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.0, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "locked", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P05", "note.claims_pin": true, "note.name": "Pin Unlocked"}, "took_ms": {"identify": 0.013, "look up": 5.516, "PIN": 0.002, "decide": 0.205}}', '{"call_id": "pbx1-1795001461.64", "linked_id": "pbx1-1795001461.64", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000040-golden@carrier", "arrived_at": 1795001461.48, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000005"}');
INSERT INTO public.decisions VALUES ('pbx1-1795001582.65', 1795001582.315, 'P08', 'premium', 'premium', 100, 58, 'premium', 'value 90 is at least 80, so premium', 14.1, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795001582.65", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "P08", "customer_name": "Pin Short", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "premium", "reason": "value 90 is at least 80, so premium", "label": "PREMIUM value 90 - Pin Short", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "pin", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 33, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "premium", "customer.found": true, "customer.id": "P08", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.148, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P08", "note.claims_pin": true, "note.name": "Pin Short"}, "took_ms": {"identify": 0.015, "look up": 13.789, "PIN": 0.003, "decide": 0.261}}', '{"call_id": "pbx1-1795001582.65", "linked_id": "pbx1-1795001582.65", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000041-golden@carrier", "arrived_at": 1795001582.315, "attestation": "", "asked": "npm", "intent": "1", "typed": "55000008"}');
INSERT INTO public.decisions VALUES ('pbx1-1795002028.58', 1795002028.679, 'P01', NULL, 'general-queue', 15, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 7.109, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795002028.58", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": null, "customer_id": "P01", "customer_name": "Pin Usual", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller - Pin Usual", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "pin", "ask_sound": ["ivr/pin"], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 40, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P01", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 17.153, "customer.previous_segment": "premium", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.028, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P01", "note.claims_pin": true, "note.name": "Pin Usual"}, "took_ms": {"identify": 0.012, "look up": 1.124, "PIN": 0.0, "decide": 5.922}}', '{"call_id": "pbx1-1795002028.58", "linked_id": "pbx1-1795002028.58", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000003a-golden@carrier", "arrived_at": 1795002028.679, "attestation": "", "asked": "n", "intent": "", "typed": "55000001"}');
INSERT INTO public.decisions VALUES ('pbx1-1795002092.59', 1795002092.11, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known number, so the default applies', 0.768, 'unknown', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795002092.59", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known number, so the default applies", "label": "GENERAL not a known number", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "number", "ask_sound": ["ivr/number"], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 41, "call.weekday": "wednesday", "call.date": "2026-11-18", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.02, "look up": 0.454, "PIN": 0.0, "decide": 0.27}}', '{"call_id": "pbx1-1795002092.59", "linked_id": "pbx1-1795002092.59", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000003b-golden@carrier", "arrived_at": 1795002092.11, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795082439.66', 1795082439.607, 'G01', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium, from the snapshot of 59 minutes ago: the customers could not be asked (unable to open database file)', 48.925, 'found', 'snapshot', 'dd22a33dc719', '{"call_id": "pbx1-1795082439.66", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G01", "customer_name": "", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium, from the snapshot of 59 minutes ago: the customers could not be asked (unable to open database file)", "label": "PREMIUM value 91, fibre", "rung": "snapshot", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "fibre", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["fibre"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 18.084, "customer.previous_segment": "", "customer.products": ["fibre", "mobile"], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": 3593.739000082016, "note.claims": "G01", "note.claims_pin": false, "note.name": ""}, "took_ms": {"identify": 0.025, "look up": 48.523, "PIN": 0.0, "decide": 0.347}}', '{"call_id": "pbx1-1795082439.66", "linked_id": "pbx1-1795082439.66", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000042-golden@carrier", "arrived_at": 1795082439.607, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795082497.67', 1795082497.403, 'G03', 'at-risk', 'general-queue', 50, 56.4, 'at-risk', 'need 88 is at least 75 and customer.scores_age_days < 30.0 (scores age days is 18.084), so at-risk, from the snapshot of 60 minutes ago: the customers could not be asked (unable to open database file)', 23.595, 'found', 'snapshot', 'dd22a33dc719', '{"call_id": "pbx1-1795082497.67", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "at-risk", "customer_id": "G03", "customer_name": "", "scores": {"value": 52.0, "potential": 38.0, "need": 88.0}, "score": 56.4, "lookup": "found", "rule": "at-risk", "reason": "need 88 is at least 75 and customer.scores_age_days < 30.0 (scores age days is 18.084), so at-risk, from the snapshot of 60 minutes ago: the customers could not be asked (unable to open database file)", "label": "AT-RISK need 88, self-service first", "rung": "snapshot", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["hello"], "offer": "", "then": "end"}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "account", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["self-service first"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 10, "call.minute": 1, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "at-risk", "customer.found": true, "customer.id": "G03", "customer.value": 52.0, "customer.potential": 38.0, "customer.need": 88.0, "customer.score": 56.4, "customer.scores_age_days": 18.084, "customer.previous_segment": "", "customer.products": ["tv"], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": 3651.5350000858307, "note.claims": "G03", "note.claims_pin": false, "note.name": ""}, "took_ms": {"identify": 0.02, "look up": 23.183, "PIN": 0.001, "decide": 0.362}}', '{"call_id": "pbx1-1795082497.67", "linked_id": "pbx1-1795082497.67", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000043-golden@carrier", "arrived_at": 1795082497.403, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795082561.68', 1795082561.174, 'G06', 'standard', 'general-fr', 20, 38, 'another language', 'call.language != "en" (language is "fr"), so another language, from the snapshot of 61 minutes ago: the customers could not be asked (unable to open database file)', 2.72, 'found', 'snapshot', 'dd22a33dc719', '{"call_id": "pbx1-1795082561.68", "action": "queue", "treatment": "by-language", "queue": "general-fr", "priority": 20, "segment": "standard", "customer_id": "G06", "customer_name": "", "scores": {"value": 30.0, "potential": 95.0, "need": 5.0}, "score": 38.0, "lookup": "found", "rule": "another language", "reason": "call.language != \"en\" (language is \"fr\"), so another language, from the snapshot of 61 minutes ago: the customers could not be asked (unable to open database file)", "label": "STANDARD score 38", "rung": "snapshot", "policy_version": "dd22a33dc719", "language": "fr", "test": false, "steps": [{"after": 60, "priority": 40, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "attested", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460006", "call.language": "fr", "call.hour": 10, "call.minute": 2, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "A", "call.trunk": "carrier", "call.withheld": false, "call.trust": "attested", "segment": "standard", "customer.found": true, "customer.id": "G06", "customer.value": 30.0, "customer.potential": 95.0, "customer.need": 5.0, "customer.score": 38.0, "customer.scores_age_days": 18.085, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "fr", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": 3715.305999994278, "note.claims": "G06", "note.claims_pin": false, "note.name": ""}, "took_ms": {"identify": 0.019, "look up": 2.463, "PIN": 0.0, "decide": 0.213}}', '{"call_id": "pbx1-1795082561.68", "linked_id": "pbx1-1795082561.68", "caller_number": "+442079460006", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000044-golden@carrier", "arrived_at": 1795082561.174, "attestation": "A", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795082590.69', 1795082590.514, 'G04', NULL, NULL, 0, 7.6, 'blocked', 'blocked, so blocked, from the snapshot of 62 minutes ago: the customers could not be asked (unable to open database file)', 0.633, 'found', 'snapshot', 'dd22a33dc719', '{"call_id": "pbx1-1795082590.69", "action": "refuse", "treatment": "refused", "queue": null, "priority": 0, "segment": null, "customer_id": "G04", "customer_name": "", "scores": {"value": 5.0, "potential": 3.0, "need": 20.0}, "score": 7.6, "lookup": "found", "rule": "blocked", "reason": "blocked, so blocked, from the snapshot of 62 minutes ago: the customers could not be asked (unable to open database file)", "label": "REFUSED blocked", "rung": "snapshot", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ss-noservice"], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460004", "call.language": "en", "call.hour": 10, "call.minute": 3, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "G04", "customer.value": 5.0, "customer.potential": 3.0, "customer.need": 20.0, "customer.score": 7.6, "customer.scores_age_days": 18.085, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": true, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": 3744.6459999084473, "note.claims": "G04", "note.claims_pin": false, "note.name": ""}, "took_ms": {"identify": 0.012, "look up": 0.437, "PIN": 0.0, "decide": 0.16}}', '{"call_id": "pbx1-1795082590.69", "linked_id": "pbx1-1795082590.69", "caller_number": "+442079460004", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000045-golden@carrier", "arrived_at": 1795082590.514, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795082654.70', 1795082654.012, NULL, NULL, 'general-queue', 10, NULL, 'default', 'the customers could not be asked (unable to open database file), so the default applies', 2.323, 'unavailable', 'default', 'dd22a33dc719', '{"call_id": "pbx1-1795082654.70", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unavailable", "rule": "default", "reason": "the customers could not be asked (unable to open database file), so the default applies", "label": "GENERAL lookup failed", "rung": "default", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460800", "call.language": "en", "call.hour": 10, "call.minute": 4, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unavailable", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.011, "look up": 2.146, "PIN": 0.0, "decide": 0.139}}', '{"call_id": "pbx1-1795082654.70", "linked_id": "pbx1-1795082654.70", "caller_number": "+442079460800", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000046-golden@carrier", "arrived_at": 1795082654.012, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795082749.71', 1795082749.204, NULL, NULL, 'general-queue', 10, NULL, 'default', 'the customers could not be asked (lookups failed one after the other, and pause for a moment), so the default applies', 6.377, 'unavailable', 'default', 'dd22a33dc719', '{"call_id": "pbx1-1795082749.71", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unavailable", "rule": "default", "reason": "the customers could not be asked (lookups failed one after the other, and pause for a moment), so the default applies", "label": "GENERAL lookup failed", "rung": "default", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460199", "call.language": "en", "call.hour": 10, "call.minute": 5, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unavailable", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "lookups failed one after the other, and pause for a moment", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.011, "look up": 6.192, "PIN": 0.0, "decide": 0.147}}', '{"call_id": "pbx1-1795082749.71", "linked_id": "pbx1-1795082749.71", "caller_number": "+442079460199", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000047-golden@carrier", "arrived_at": 1795082749.204, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795083634.72', 1795083634.942, NULL, NULL, 'general-queue', 10, NULL, 'default', 'the customers could not be asked (unable to open database file), so the default applies', 2.379, 'unavailable', 'default', 'dd22a33dc719', '{"call_id": "pbx1-1795083634.72", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unavailable", "rule": "default", "reason": "the customers could not be asked (unable to open database file), so the default applies", "label": "GENERAL lookup failed", "rung": "default", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 20, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unavailable", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.012, "look up": 2.201, "PIN": 0.0, "decide": 0.138}}', '{"call_id": "pbx1-1795083634.72", "linked_id": "pbx1-1795083634.72", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000048-golden@carrier", "arrived_at": 1795083634.942, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795083715.73', 1795083715.561, NULL, NULL, 'general-queue', 10, NULL, 'default', 'the customers could not be asked (unable to open database file), so the default applies', 0.641, 'unavailable', 'default', 'dd22a33dc719', '{"call_id": "pbx1-1795083715.73", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unavailable", "rule": "default", "reason": "the customers could not be asked (unable to open database file), so the default applies", "label": "GENERAL lookup failed", "rung": "default", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 21, "call.weekday": "thursday", "call.date": "2026-11-19", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unavailable", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.011, "look up": 0.458, "PIN": 0.0, "decide": 0.142}}', '{"call_id": "pbx1-1795083715.73", "linked_id": "pbx1-1795083715.73", "caller_number": "+442079460001", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "00000049-golden@carrier", "arrived_at": 1795083715.561, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795170627.40', 1795170627.519, 'G01', 'premium', NULL, 0, 69.4, 'closed', 'invoices is closed (2026-11-20 is a holiday)', 6.441, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795170627.40", "action": "voicemail", "treatment": "closed", "queue": null, "priority": 0, "segment": "premium", "customer_id": "G01", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "closed", "reason": "invoices is closed (2026-11-20 is a holiday)", "label": "PREMIUM value 91, repeat caller, many calls, fibre - Ada Lov", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ivr/closed"], "mailbox": "101", "music": "", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls", "fibre"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 30, "call.weekday": "friday", "call.date": "2026-11-20", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 19.104, "customer.previous_segment": "premium", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 4.014, "customer.contacts_7d": 2, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.017, "look up": 6.146, "PIN": 0.001, "decide": 0.25}}', '{"call_id": "pbx1-1795170627.40", "linked_id": "pbx1-1795170627.40", "caller_number": "+442079460001", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "00000028-golden@carrier", "arrived_at": 1795170627.519, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795170702.42', 1795170702.194, 'G06', 'vip', 'premium', 0, 38, 'vip', '"vip" in customer.tags (tags is ["vip"]) and potential 95 is at least 90, so vip', 0.597, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795170702.42", "action": "queue", "treatment": "vip", "queue": "premium", "priority": 0, "segment": "vip", "customer_id": "G06", "customer_name": "Marie Dupont", "scores": {"value": 30.0, "potential": 95.0, "need": 5.0}, "score": 38.0, "lookup": "found", "rule": "vip", "reason": "\"vip\" in customer.tags (tags is [\"vip\"]) and potential 95 is at least 90, so vip", "label": "VIP potential 95, repeat caller, many calls - Marie Dupont", "rung": "live", "policy_version": "dd22a33dc719", "language": "fr", "test": false, "steps": [{"after": 10, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "voicemail", "then": ""}, {"after": 20, "priority": 0, "queue": "general-fr", "say": ["hello"], "offer": "", "then": ""}, {"after": 30, "priority": null, "queue": null, "say": ["ivr/closed"], "offer": "", "then": "voicemail"}], "greeting": ["ivr/greeting-frequent"], "say": [], "mailbox": "200", "music": "gold", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "attested", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460006", "call.language": "fr", "call.hour": 10, "call.minute": 31, "call.weekday": "friday", "call.date": "2026-11-20", "call.closed": true, "call.attestation": "A", "call.trunk": "carrier", "call.withheld": false, "call.trust": "attested", "segment": "vip", "customer.found": true, "customer.id": "G06", "customer.value": 30.0, "customer.potential": 95.0, "customer.need": 5.0, "customer.score": 38.0, "customer.scores_age_days": 19.105, "customer.previous_segment": "vip", "customer.products": [], "customer.tags": ["vip"], "customer.language": "fr", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 3.997, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G06", "note.claims_pin": false, "note.name": "Marie Dupont"}, "took_ms": {"identify": 0.015, "look up": 0.31, "PIN": 0.0, "decide": 0.248}}', '{"call_id": "pbx1-1795170702.42", "linked_id": "pbx1-1795170702.42", "caller_number": "+442079460006", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "0000002a-golden@carrier", "arrived_at": 1795170702.194, "attestation": "A", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795257079.43', 1795257079.29, 'G13', 'premium', 'premium', 100, 72, 'premium', 'value 95 is at least 80, so premium', 0.617, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795257079.43", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "G13", "customer_name": "Grace Hopper", "scores": {"value": 95.0, "potential": 70.0, "need": 5.0}, "score": 72.0, "lookup": "found", "rule": "premium", "reason": "value 95 is at least 80, so premium", "label": "PREMIUM value 95 - Grace Hopper", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460013", "call.language": "en", "call.hour": 10, "call.minute": 31, "call.weekday": "saturday", "call.date": "2026-11-21", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G13", "customer.value": 95.0, "customer.potential": 70.0, "customer.need": 5.0, "customer.score": 72.0, "customer.scores_age_days": 20.105, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G13", "note.claims_pin": false, "note.name": "Grace Hopper"}, "took_ms": {"identify": 0.018, "look up": 0.334, "PIN": 0.001, "decide": 0.238}}', '{"call_id": "pbx1-1795257079.43", "linked_id": "pbx1-1795257079.43", "caller_number": "+442079460013", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "0000002b-golden@carrier", "arrived_at": 1795257079.29, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795428042.74', 1795428042.561, NULL, NULL, 'general-queue', 10, NULL, 'default', 'it is not sure who calls (caller-id), so the default applies', 55.751, 'untrusted', 'live', '8f272d7c20e3', '{"call_id": "pbx1-1795428042.74", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "default", "reason": "it is not sure who calls (caller-id), so the default applies", "label": "GENERAL not sure who", "rung": "live", "policy_version": "8f272d7c20e3", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "monday", "call.date": "2026-11-23", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace", "note.claimed": {"customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 22.084, "customer.previous_segment": "premium", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 2.979, "customer.contacts_7d": 5, "customer.contacts_30d": 6, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 0.026, "look up": 55.347, "PIN": 0.001, "decide": 0.341}}', '{"call_id": "pbx1-1795428042.74", "linked_id": "pbx1-1795428042.74", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000004a-golden@carrier", "arrived_at": 1795428042.561, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795428098.75', 1795428098.98, 'P01', 'premium', 'premium', 0, 58, 'premium', 'value 90 is at least 80, so premium', 2.95, 'found', 'live', '8f272d7c20e3', '{"call_id": "pbx1-1795428098.75", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 0, "segment": "premium", "customer_id": "P01", "customer_name": "Pin Usual", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "premium", "reason": "value 90 is at least 80, so premium", "label": "PREMIUM value 90, repeat caller, many calls - Pin Usual", "rung": "live", "policy_version": "8f272d7c20e3", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "pin", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460021", "call.language": "en", "call.hour": 10, "call.minute": 1, "call.weekday": "monday", "call.date": "2026-11-23", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "premium", "customer.found": true, "customer.id": "P01", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 22.084, "customer.previous_segment": "premium", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 4.931, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": true, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P01", "note.claims_pin": true, "note.name": "Pin Usual"}, "took_ms": {"identify": 0.019, "look up": 2.674, "PIN": 0.002, "decide": 0.225}}', '{"call_id": "pbx1-1795428098.75", "linked_id": "pbx1-1795428098.75", "caller_number": "+442079460021", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000004b-golden@carrier", "arrived_at": 1795428098.98, "attestation": "", "asked": "pm", "intent": "1", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795428166.76', 1795428166.005, 'P02', 'premium', 'premium', 115, 58, 'premium', 'value 90 is at least 80, so premium', 0.527, 'found', 'live', '8f272d7c20e3', '{"call_id": "pbx1-1795428166.76", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 115, "segment": "premium", "customer_id": "P02", "customer_name": "Pin Cheap", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "premium", "reason": "value 90 is at least 80, so premium", "label": "PREMIUM value 90, repeat caller, something is wrong - Pin Ch", "rung": "live", "policy_version": "8f272d7c20e3", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "", "music": "calm", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "something is wrong"], "trust": "pin", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "trouble", "call.number": "+442079460022", "call.language": "en", "call.hour": 10, "call.minute": 2, "call.weekday": "monday", "call.date": "2026-11-23", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "premium", "customer.found": true, "customer.id": "P02", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 22.085, "customer.previous_segment": "premium", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 4.956, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P02", "note.claims_pin": true, "note.name": "Pin Cheap"}, "took_ms": {"identify": 0.014, "look up": 0.298, "PIN": 0.001, "decide": 0.187}}', '{"call_id": "pbx1-1795428166.76", "linked_id": "pbx1-1795428166.76", "caller_number": "+442079460022", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000004c-golden@carrier", "arrived_at": 1795428166.005, "attestation": "", "asked": "ppm", "intent": "2", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795428204.77', 1795428204.802, NULL, NULL, 'general-queue', 20, NULL, 'default', 'it is not sure who calls (caller-id), so the default applies', 2.944, 'untrusted', 'live', '8f272d7c20e3', '{"call_id": "pbx1-1795428204.77", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 20, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "default", "reason": "it is not sure who calls (caller-id), so the default applies", "label": "GENERAL not sure who, something is wrong", "rung": "live", "policy_version": "8f272d7c20e3", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 50, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "calm", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["something is wrong"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "trouble", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 3, "call.weekday": "monday", "call.date": "2026-11-23", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage", "note.claimed": {"customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 22.086, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 5.0, "customer.contacts_7d": 11, "customer.contacts_30d": 14, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 2.376, "look up": 0.363, "PIN": 0.0, "decide": 0.18}}', '{"call_id": "pbx1-1795428204.77", "linked_id": "pbx1-1795428204.77", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "0000004d-golden@carrier", "arrived_at": 1795428204.802, "attestation": "", "asked": "m", "intent": "2", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795428294.78', 1795428294.84, NULL, 'frequent', 'general-queue', 50, NULL, 'frequent', 'the number dialled (frequent) gives it, so frequent', 0.479, 'untrusted', 'live', '8f272d7c20e3', '{"call_id": "pbx1-1795428294.78", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "frequent", "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "frequent", "reason": "the number dialled (frequent) gives it, so frequent", "label": "FREQUENT", "rung": "live", "policy_version": "8f272d7c20e3", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["hello"], "offer": "", "then": "end"}], "greeting": ["ivr/greeting-frequent"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1002", "call.entry": "frequent", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 4, "call.weekday": "monday", "call.date": "2026-11-23", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "frequent", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage", "note.claimed": {"customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 22.087, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 5.001, "customer.contacts_7d": 11, "customer.contacts_30d": 14, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 0.013, "look up": 0.285, "PIN": 0.0, "decide": 0.156}}', '{"call_id": "pbx1-1795428294.78", "linked_id": "pbx1-1795428294.78", "caller_number": "+442079460002", "dialled": "1002", "withheld": false, "trunk": "carrier", "sip_call_id": "0000004e-golden@carrier", "arrived_at": 1795428294.84, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795514447.79', 1795514447.524, 'G01', 'premium', 'premium', 0, 69.4, 'premium', 'value 91 is at least 80, so premium', 5.33, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795514447.79", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 0, "segment": "premium", "customer_id": "G01", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91, repeat caller, many calls, fibre - Ada Lov", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "fibre", "self_service": "", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls", "fibre"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "tuesday", "call.date": "2026-11-24", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "G01", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 23.084, "customer.previous_segment": "premium", "customer.products": ["fibre", "mobile"], "customer.tags": ["vip", "newsletter"], "customer.language": "en", "customer.preferred_agent": "Anna Berg", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 3.979, "customer.contacts_7d": 3, "customer.contacts_30d": 6, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G01", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.03, "look up": 4.884, "PIN": 0.001, "decide": 0.384}}', '{"call_id": "pbx1-1795514447.79", "linked_id": "pbx1-1795514447.79", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0000004f-golden@carrier", "arrived_at": 1795514447.524, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795600833.80', 1795600833.796, 'G02', 'standard', 'general-queue', 15, 39.2, 'standard', 'no earlier segment fits, so standard', 6.595, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx1-1795600833.80", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD repeat caller - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 115, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "wednesday", "call.date": "2026-11-25", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 24.084, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 6.998, "customer.contacts_7d": 4, "customer.contacts_30d": 14, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.02, "look up": 6.302, "PIN": 0.001, "decide": 0.245}}', '{"call_id": "pbx1-1795600833.80", "linked_id": "pbx1-1795600833.80", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000050-golden@carrier", "arrived_at": 1795600833.796, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795601135.81', 1795601135.21, 'G02', 'standard', 'general-queue', 15, 39.2, 'standard', 'no earlier segment fits, so standard', 1.045, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx1-1795601135.81", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD repeat caller - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 115, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 5, "call.weekday": "wednesday", "call.date": "2026-11-25", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 24.087, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.003, "customer.contacts_7d": 1, "customer.contacts_30d": 15, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.041, "look up": 0.705, "PIN": 0.001, "decide": 0.268}}', '{"call_id": "pbx1-1795601135.81", "linked_id": "pbx1-1795601135.81", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000051-golden@carrier", "arrived_at": 1795601135.21, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795687503.82', 1795687503.492, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 1.036, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795687503.82", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 5, "call.weekday": "thursday", "call.date": "2026-11-26", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 25.087, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 1.0, "customer.contacts_7d": 2, "customer.contacts_30d": 16, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.033, "look up": 0.612, "PIN": 0.0, "decide": 0.36}}', '{"call_id": "pbx1-1795687503.82", "linked_id": "pbx1-1795687503.82", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "00000052-golden@carrier", "arrived_at": 1795687503.492, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1795690855.83', 1795690855.373, 'P04', NULL, 'general-queue', 10, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.756, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795690855.83", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "P04", "customer_name": "Pin Locked", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Pin Locked", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 0, "call.weekday": "thursday", "call.date": "2026-11-26", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P04", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 25.126, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P04", "note.claims_pin": true, "note.name": "Pin Locked"}, "took_ms": {"identify": 0.013, "look up": 0.557, "PIN": 0.001, "decide": 0.154}}', '{"call_id": "pbx1-1795690855.83", "linked_id": "pbx1-1795690855.83", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000053-golden@carrier", "arrived_at": 1795690855.373, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000004"}');
INSERT INTO public.decisions VALUES ('pbx1-1795690896.84', 1795690896.567, 'P04', NULL, 'general-queue', 15, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.786, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795690896.84", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": null, "customer_id": "P04", "customer_name": "Pin Locked", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller - Pin Locked", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 1, "call.weekday": "thursday", "call.date": "2026-11-26", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P04", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 25.126, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.0, "customer.contacts_7d": 1, "customer.contacts_30d": 1, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P04", "note.claims_pin": true, "note.name": "Pin Locked"}, "took_ms": {"identify": 0.012, "look up": 0.578, "PIN": 0.001, "decide": 0.168}}', '{"call_id": "pbx1-1795690896.84", "linked_id": "pbx1-1795690896.84", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000054-golden@carrier", "arrived_at": 1795690896.567, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000004"}');
INSERT INTO public.decisions VALUES ('pbx1-1795690932.85', 1795690932.963, 'P04', NULL, 'general-queue', 15, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.768, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795690932.85", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 15, "segment": null, "customer_id": "P04", "customer_name": "Pin Locked", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller - Pin Locked", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 45, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 2, "call.weekday": "thursday", "call.date": "2026-11-26", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P04", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 25.126, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.0, "customer.contacts_7d": 2, "customer.contacts_30d": 2, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P04", "note.claims_pin": true, "note.name": "Pin Locked"}, "took_ms": {"identify": 0.013, "look up": 0.478, "PIN": 0.001, "decide": 0.247}}', '{"call_id": "pbx1-1795690932.85", "linked_id": "pbx1-1795690932.85", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000055-golden@carrier", "arrived_at": 1795690932.963, "attestation": "", "asked": "nppm", "intent": "1", "typed": "55000004"}');
INSERT INTO public.decisions VALUES ('pbx1-1795691432.86', 1795691432.423, 'P04', NULL, 'general-queue', 0, 58, 'default', 'it is not sure enough who calls (typed), so the default applies', 0.685, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1795691432.86", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": null, "customer_id": "P04", "customer_name": "Pin Locked", "scores": {"value": 90.0, "potential": 10.0, "need": 10.0}, "score": 58.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL repeat caller, many calls - Pin Locked", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "typed", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460197", "call.language": "en", "call.hour": 11, "call.minute": 10, "call.weekday": "thursday", "call.date": "2026-11-26", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "P04", "customer.value": 90.0, "customer.potential": 10.0, "customer.need": 10.0, "customer.score": 58.0, "customer.scores_age_days": 25.132, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 0.006, "customer.contacts_7d": 3, "customer.contacts_30d": 3, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "locked", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "P04", "note.claims_pin": true, "note.name": "Pin Locked"}, "took_ms": {"identify": 0.014, "look up": 0.464, "PIN": 0.002, "decide": 0.18}}', '{"call_id": "pbx1-1795691432.86", "linked_id": "pbx1-1795691432.86", "caller_number": "+442079460197", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "00000056-golden@carrier", "arrived_at": 1795691432.423, "attestation": "", "asked": "npm", "intent": "1", "typed": "55000004"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978296.0', 1795978296.4528065, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 6.11, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978296.0", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 51, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.039, "look up": 2.113, "PIN": 0.002, "decide": 0.289}}', '{"call_id": "pbx2-1795978296.0", "linked_id": "pbx2-1795978296.0", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "45c85a11-2e8a-463e-a23f-a785d933d97e", "arrived_at": 1795978296.4528065, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978299.2', 1795978299.1167119, 'C2', 'standard', 'general-queue', 10, 39, 'standard', 'no earlier segment fits, so standard', 4.613, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978299.2", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": 15.0}, "score": 39.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 51, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": 15.0, "customer.score": 39.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.048, "look up": 0.692, "PIN": 0.001, "decide": 0.357}}', '{"call_id": "pbx2-1795978299.2", "linked_id": "pbx2-1795978299.2", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "de6b8646-781d-4bd6-a5e2-ae0792e60aef", "arrived_at": 1795978299.1167119, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978302.4', 1795978302.5121157, 'C3', 'at-risk', 'general-queue', 50, 61, 'at-risk', 'need 88 is at least 75, so at-risk', 10.448, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978302.4", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "at-risk", "customer_id": "C3", "customer_name": "Mary Somerville", "scores": {"value": 52.0, "potential": null, "need": 88.0}, "score": 61.0, "lookup": "found", "rule": "at-risk", "reason": "need 88 is at least 75, so at-risk", "label": "AT-RISK need 88 - Mary Somerville", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 18, "call.minute": 51, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "at-risk", "customer.found": true, "customer.id": "C3", "customer.value": 52.0, "customer.potential": -1.0, "customer.need": 88.0, "customer.score": 61.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C3", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.114, "look up": 6.266, "PIN": 0.002, "decide": 0.381}}', '{"call_id": "pbx2-1795978302.4", "linked_id": "pbx2-1795978302.4", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "e74fb5a0-1459-4970-8817-157b004ebec4", "arrived_at": 1795978302.5121157, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978305.6', 1795978305.881366, 'C4', 'premium', NULL, 0, 95, 'blocked', 'blocked, so blocked', 1.394, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978305.6", "action": "refuse", "treatment": "refused", "queue": null, "priority": 0, "segment": "premium", "customer_id": "C4", "customer_name": "Silas Wegg", "scores": {"value": 95.0, "potential": null, "need": null}, "score": 95.0, "lookup": "found", "rule": "blocked", "reason": "blocked, so blocked", "label": "PREMIUM value 95 - Silas Wegg", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ss-noservice"], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460004", "call.language": "en", "call.hour": 18, "call.minute": 51, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C4", "customer.value": 95.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 95.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": true, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C4", "note.claims_pin": false, "note.name": "Silas Wegg"}, "took_ms": {"identify": 0.036, "look up": 0.56, "PIN": 0.001, "decide": 0.344}}', '{"call_id": "pbx2-1795978305.6", "linked_id": "pbx2-1795978305.6", "caller_number": "+442079460004", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "e659252e-309a-4ddf-827b-c6d8c4fc97fc", "arrived_at": 1795978305.881366, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978312.7', 1795978312.7798276, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known number, so the default applies', 10.847, 'unknown', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978312.7", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known number, so the default applies", "label": "GENERAL not a known number", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 51, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.672, "look up": 2.004, "PIN": 0.001, "decide": 0.188}}', '{"call_id": "pbx2-1795978312.7", "linked_id": "pbx2-1795978312.7", "caller_number": "+12025550199", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "940e7744-72f9-43d0-885e-d0bd188b705a", "arrived_at": 1795978312.7798276, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978319.11', 1795978319.455227, NULL, NULL, 'general-queue', 10, NULL, 'default', '+12025550110 belongs to 2 customers, so the default applies', 1.843, 'ambiguous', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978319.11", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "ambiguous", "rule": "default", "reason": "+12025550110 belongs to 2 customers, so the default applies", "label": "GENERAL shared number", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+12025550110", "call.language": "en", "call.hour": 18, "call.minute": 51, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "ambiguous", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.shared_by": 2}, "took_ms": {"identify": 0.025, "look up": 0.472, "PIN": 0.001, "decide": 0.163}}', '{"call_id": "pbx2-1795978319.11", "linked_id": "pbx2-1795978319.11", "caller_number": "+12025550110", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "968806ac-2c6d-41a4-be47-1d6067e89aac", "arrived_at": 1795978319.455227, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978326.15', 1796068800.176753, 'C2', 'standard', NULL, 0, 47, 'closed', 'invoices is closed (monday 20:00)', 6.823, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978326.15", "action": "voicemail", "treatment": "closed", "queue": null, "priority": 0, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "closed", "reason": "invoices is closed (monday 20:00)", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ivr/closed"], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 20, "call.minute": 0, "call.weekday": "monday", "call.date": "2026-11-30", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.03, "look up": 0.486, "PIN": 0.001, "decide": 0.236}}', '{"call_id": "pbx2-1795978326.15", "linked_id": "pbx2-1795978326.15", "caller_number": "+442079460002", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "fde32332-4612-48ac-9f70-de0fa4771c0a", "arrived_at": 1796068800.176753, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978340.16', 1798192800.8114297, 'C2', 'standard', NULL, 0, 47, 'closed', 'invoices is closed (2026-12-25 is a holiday)', 3.714, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978340.16", "action": "voicemail", "treatment": "closed", "queue": null, "priority": 0, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "closed", "reason": "invoices is closed (2026-12-25 is a holiday)", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [], "greeting": ["hello"], "say": ["ivr/closed"], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1001", "call.entry": "invoices", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 10, "call.minute": 0, "call.weekday": "friday", "call.date": "2026-12-25", "call.closed": true, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.029, "look up": 1.734, "PIN": 0.001, "decide": 0.222}}', '{"call_id": "pbx2-1795978340.16", "linked_id": "pbx2-1795978340.16", "caller_number": "+442079460002", "dialled": "1001", "withheld": false, "trunk": "carrier", "sip_call_id": "62cfd285-cfb1-4d27-942a-d7c3917ad129", "arrived_at": 1798192800.8114297, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978343.17', 1795978343.5592887, 'C2', 'standard', 'general-queue', 10, 39, 'standard', 'no earlier segment fits, so standard', 3.535, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978343.17", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": 15.0}, "score": 39.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 52, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": 15.0, "customer.score": 39.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.042, "look up": 2.578, "PIN": 0.001, "decide": 0.286}}', '{"call_id": "pbx2-1795978343.17", "linked_id": "pbx2-1795978343.17", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "fb7afdf5-7513-4cac-ba0c-d0a5a97323f7", "arrived_at": 1795978343.5592887, "attestation": "", "asked": "m", "intent": "1", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978348.19', 1795978348.2300436, 'C2', 'standard', 'general-queue', 20, 39, 'standard', 'no earlier segment fits, so standard', 3.187, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978348.19", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 20, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": 15.0}, "score": 39.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD something is wrong - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 50, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 120, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["something is wrong"], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "trouble", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 52, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": 15.0, "customer.score": 39.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.033, "look up": 1.59, "PIN": 0.001, "decide": 0.333}}', '{"call_id": "pbx2-1795978348.19", "linked_id": "pbx2-1795978348.19", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "4f2c16a5-0139-476b-88da-cc159f1c2919", "arrived_at": 1795978348.2300436, "attestation": "", "asked": "m", "intent": "2", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978352.21', 1795978352.83173, 'C2', 'standard', 'general-queue', 10, 39, 'standard', 'no earlier segment fits, so standard', 3.937, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978352.21", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": 15.0}, "score": 39.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "menu", "ask_sound": ["ivr/menu-service"], "ask_keys": "12", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 52, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": 15.0, "customer.score": 39.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 1, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 1, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 1, "general-fr": 1, "general-de": 1, "premium": 1}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.031, "look up": 3.167, "PIN": 0.001, "decide": 0.268}}', '{"call_id": "pbx2-1795978352.21", "linked_id": "pbx2-1795978352.21", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "fd73a8d7-e3d2-41c1-ae9d-d39831ad000f", "arrived_at": 1795978352.83173, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978378.24', 1795978381.4593697, 'C3', 'at-risk', 'general-queue', 50, 52, 'at-risk', 'need 88 is at least 75, so at-risk', 4.408, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978378.24", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "at-risk", "customer_id": "C3", "customer_name": "Mary Somerville", "scores": {"value": 40.0, "potential": null, "need": 88.0}, "score": 52.0, "lookup": "found", "rule": "at-risk", "reason": "need 88 is at least 75, so at-risk", "label": "AT-RISK need 88 - Mary Somerville", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 53, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "at-risk", "customer.found": true, "customer.id": "C3", "customer.value": 40.0, "customer.potential": -1.0, "customer.need": 88.0, "customer.score": 52.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C3", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.027, "look up": 2.268, "PIN": 0.001, "decide": 0.227}}', '{"call_id": "pbx2-1795978378.24", "linked_id": "pbx2-1795978378.24", "caller_number": "+12025550199", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "417ed98f-03a8-49e7-8a72-07a3b2f62908", "arrived_at": 1795978381.4593697, "attestation": "", "asked": "nm", "intent": "1", "typed": "44200003"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978386.26', 1795978390.4076, 'C3', 'standard', 'general-queue', 10, 35, 'standard', 'no earlier segment fits, so standard', 8.681, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978386.26", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C3", "customer_name": "Mary Somerville", "scores": {"value": 40.0, "potential": null, "need": 20.0}, "score": 35.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Mary Somerville", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 53, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "standard", "customer.found": true, "customer.id": "C3", "customer.value": 40.0, "customer.potential": -1.0, "customer.need": 20.0, "customer.score": 35.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C3", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.04, "look up": 1.273, "PIN": 0.001, "decide": 0.302}}', '{"call_id": "pbx2-1795978386.26", "linked_id": "pbx2-1795978386.26", "caller_number": "+12025550199", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "729e70a3-1e8e-4587-9eaf-9d79776e3d20", "arrived_at": 1795978390.4076, "attestation": "", "asked": "nnm", "intent": "1", "typed": "44200003"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978395.28', 1795978397.661203, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known customer number, so the default applies', 4.112, 'unknown', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978395.28", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known customer number, so the default applies", "label": "GENERAL not a known customer number", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 53, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "not a known customer number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.035, "look up": 1.611, "PIN": 0.001, "decide": 0.588}}', '{"call_id": "pbx2-1795978395.28", "linked_id": "pbx2-1795978395.28", "caller_number": "+12025550199", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "62c2373f-492b-4571-9256-6d4bc09a221f", "arrived_at": 1795978397.661203, "attestation": "", "asked": "nnm", "intent": "1", "typed": "998"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978404.30', 1795978445.401499, NULL, NULL, 'general-queue', 10, NULL, 'default', 'not a known number, so the default applies', 3.631, 'unknown', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978404.30", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "unknown", "rule": "default", "reason": "not a known number, so the default applies", "label": "GENERAL not a known number", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 54, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": false, "customer.lookup": "unknown", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "not a known number", "note.why_not": "", "note.age": null}, "took_ms": {"identify": 0.03, "look up": 0.359, "PIN": 0.001, "decide": 0.17}}', '{"call_id": "pbx2-1795978404.30", "linked_id": "pbx2-1795978404.30", "caller_number": "+12025550199", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "f529fba4-c150-4f49-8813-605734135af5", "arrived_at": 1795978445.401499, "attestation": "", "asked": "nm", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978451.32', 1795978453.686251, 'C10', 'premium', 'premium', 100, 85, 'premium', 'value 85 is at least 80, so premium', 3.605, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978451.32", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C10", "customer_name": "Lena Xu", "scores": {"value": 85.0, "potential": null, "need": null}, "score": 85.0, "lookup": "found", "rule": "premium", "reason": "value 85 is at least 80, so premium", "label": "PREMIUM value 85 - Lena Xu", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+12025550110", "call.language": "en", "call.hour": 18, "call.minute": 54, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C10", "customer.value": 85.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 85.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C10", "note.claims_pin": false, "note.name": "Lena Xu"}, "took_ms": {"identify": 0.029, "look up": 1.316, "PIN": 0.001, "decide": 0.201}}', '{"call_id": "pbx2-1795978451.32", "linked_id": "pbx2-1795978451.32", "caller_number": "+12025550110", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "e9ca94cc-c08f-45c5-8de4-7cdce4499286", "arrived_at": 1795978453.686251, "attestation": "", "asked": "n", "intent": "", "typed": "44200010"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978456.34', 1795978460.764475, 'C1', 'premium', 'premium', 100, 91, 'premium', 'value 91 is at least 80, so premium', 27.571, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978456.34", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": null, "need": null}, "score": 91.0, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "pin", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 54, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 91.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": true, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.065, "look up": 8.362, "PIN": 17.692, "decide": 0.232}}', '{"call_id": "pbx2-1795978456.34", "linked_id": "pbx2-1795978456.34", "caller_number": "+12025550199", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "3ce3cabd-82c5-47c8-9389-0fda2020bd10", "arrived_at": 1795978460.764475, "attestation": "", "asked": "np", "intent": "", "typed": "44200001"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978463.36', 1795978482.578176, 'C1', NULL, 'general-queue', 10, 91, 'default', 'it is not sure enough who calls (typed), so the default applies', 5.24, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978463.36", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": null, "need": null}, "score": 91.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+12025550199", "call.language": "en", "call.hour": 18, "call.minute": 54, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 91.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": true, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.028, "look up": 1.414, "PIN": 0.006, "decide": 0.181}}', '{"call_id": "pbx2-1795978463.36", "linked_id": "pbx2-1795978463.36", "caller_number": "+12025550199", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "ec769b98-c6cf-4402-abd6-c4dc799185ab", "arrived_at": 1795978482.578176, "attestation": "", "asked": "nppm", "intent": "1", "typed": "44200001"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978488.38', 1795978507.4711187, 'C1', NULL, 'general-queue', 10, 91, 'default', 'it is not sure enough who calls (typed), so the default applies', 7.803, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978488.38", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": null, "need": null}, "score": 91.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (typed), so the default applies", "label": "GENERAL - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "typed", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "buy", "call.number": "+12025550191", "call.language": "en", "call.hour": 18, "call.minute": 55, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "typed", "segment": "", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 91.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "wrong", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": true, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.027, "look up": 2.737, "PIN": 0.005, "decide": 0.269}}', '{"call_id": "pbx2-1795978488.38", "linked_id": "pbx2-1795978488.38", "caller_number": "+12025550191", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "29503bcc-f4f7-4104-b18c-7622d06d42e5", "arrived_at": 1795978507.4711187, "attestation": "", "asked": "nppm", "intent": "1", "typed": "44200001"}');
INSERT INTO public.decisions VALUES ('pbx2-1795978534.42', 1795978534.7247324, 'C7', 'standard', 'general-queue', 10, 66, 'standard', 'no earlier segment fits, so standard', 4.381, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978534.42", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C7", "customer_name": "Elif Ueda", "scores": {"value": 66.0, "potential": null, "need": null}, "score": 66.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD self-service first - Elif Ueda", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "account", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["self-service first"], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460007", "call.language": "en", "call.hour": 18, "call.minute": 55, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C7", "customer.value": 66.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 66.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C7", "note.claims_pin": false, "note.name": "Elif Ueda"}, "took_ms": {"identify": 0.03, "look up": 3.572, "PIN": 0.001, "decide": 0.28}}', '{"call_id": "pbx2-1795978534.42", "linked_id": "pbx2-1795978534.42", "caller_number": "+442079460007", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "e3d75465-b353-44a6-b427-5441fda439b5", "arrived_at": 1795978534.7247324, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978537.44', 1795978537.6958454, 'C7', 'standard', 'general-queue', 10, 66, 'standard', 'no earlier segment fits, so standard', 7.607, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978537.44", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C7", "customer_name": "Elif Ueda", "scores": {"value": 66.0, "potential": null, "need": null}, "score": 66.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD self-service first - Elif Ueda", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "account", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["self-service first"], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460007", "call.language": "en", "call.hour": 18, "call.minute": 55, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C7", "customer.value": 66.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 66.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 1, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 1, "general-fr": 1, "general-de": 1, "premium": 1}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C7", "note.claims_pin": false, "note.name": "Elif Ueda"}, "took_ms": {"identify": 0.03, "look up": 0.986, "PIN": 0.001, "decide": 0.277}}', '{"call_id": "pbx2-1795978537.44", "linked_id": "pbx2-1795978537.44", "caller_number": "+442079460007", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "d654b119-d58b-4a1f-a9cc-a30de4301af5", "arrived_at": 1795978537.6958454, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978540.45', 1795978545.1353319, 'C7', 'standard', 'general-queue', 10, 66, 'standard', 'no earlier segment fits, so standard', 2.306, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978540.45", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C7", "customer_name": "Elif Ueda", "scores": {"value": 66.0, "potential": null, "need": null}, "score": 66.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD self-service first - Elif Ueda", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "account", "disclose": true, "account": "open-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["self-service first"], "trust": "pin", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460007", "call.language": "en", "call.hour": 18, "call.minute": 55, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "pin", "segment": "standard", "customer.found": true, "customer.id": "C7", "customer.value": 66.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 66.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": true, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": true, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": true, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "right", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C7", "note.claims_pin": true, "note.name": "Elif Ueda"}, "took_ms": {"identify": 0.027, "look up": 0.627, "PIN": 0.036, "decide": 0.27}}', '{"call_id": "pbx2-1795978540.45", "linked_id": "pbx2-1795978540.45", "caller_number": "+442079460007", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "721e95ae-2001-4511-919d-f3081f825e7e", "arrived_at": 1795978545.1353319, "attestation": "", "asked": "p", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978549.48', 1795978549.5786626, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 2.449, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978549.48", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "+442079460500", "call.entry": "other", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 55, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "B", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.044, "look up": 0.892, "PIN": 0.001, "decide": 0.333}}', '{"call_id": "pbx2-1795978549.48", "linked_id": "pbx2-1795978549.48", "caller_number": "+442079460001", "dialled": "+442079460500", "withheld": false, "trunk": "carrier", "sip_call_id": "17dcf30f-0b19-4f92-9dc9-57bfd628d395", "arrived_at": 1795978549.5786626, "attestation": "B", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978559.52', 1795978559.4508784, NULL, NULL, 'general-queue', 10, NULL, 'default', 'it is not sure who calls (none), so the default applies', 61.271, 'untrusted', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978559.52", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": null, "customer_name": null, "scores": {"value": null, "potential": null, "need": null}, "score": null, "lookup": "untrusted", "rule": "default", "reason": "it is not sure who calls (none), so the default applies", "label": "GENERAL not sure who", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "none", "failed": [], "facts": {"call.did": "+442079460500", "call.entry": "other", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 55, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "failed", "call.trunk": "carrier", "call.withheld": false, "call.trust": "none", "segment": "", "customer.found": false, "customer.lookup": "untrusted", "customer.id": "", "customer.value": -1.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": -1.0, "customer.scores_age_days": -1.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace", "note.claimed": {"customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false}}, "took_ms": {"identify": 0.037, "look up": 45.287, "PIN": 0.002, "decide": 0.257}}', '{"call_id": "pbx2-1795978559.52", "linked_id": "pbx2-1795978559.52", "caller_number": "+442079460001", "dialled": "+442079460500", "withheld": false, "trunk": "carrier", "sip_call_id": "test-845ce7ad-e134-4c8d-8484-61c6bd5d4880", "arrived_at": 1795978559.4508784, "attestation": "failed", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978598.63', 1795978598.071469, 'C2', 'standard', 'general-queue', 10, 47, 'standard', 'no earlier segment fits, so standard', 6.554, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978598.63", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["ivr/greeting"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "menu", "ask_sound": ["ivr/menu-service"], "ask_keys": "12", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1003", "call.entry": "service", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 56, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.042, "look up": 4.336, "PIN": 0.001, "decide": 0.357}}', '{"call_id": "pbx2-1795978598.63", "linked_id": "pbx2-1795978598.63", "caller_number": "+442079460002", "dialled": "1003", "withheld": false, "trunk": "carrier", "sip_call_id": "9145c152-6867-4b1e-9add-b4f45caf158b", "arrived_at": 1795978598.071469, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978630.67', 1795978630.8736496, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium, from the snapshot of 6 seconds ago: the customers could not be asked (unable to open database file)', 15.493, 'found', 'snapshot', '18ca30597d9d', '{"call_id": "pbx2-1795978630.67", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium, from the snapshot of 6 seconds ago: the customers could not be asked (unable to open database file)", "label": "PREMIUM value 91", "rung": "snapshot", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 57, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "unable to open database file", "note.why_not": "", "note.age": 6.5427565574646, "note.claims": "C1", "note.claims_pin": false, "note.name": ""}, "took_ms": {"identify": 0.039, "look up": 9.517, "PIN": 0.001, "decide": 0.328}}', '{"call_id": "pbx2-1795978630.67", "linked_id": "pbx2-1795978630.67", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "7e918533-828d-4187-81f1-6a2369e29995", "arrived_at": 1795978630.8736496, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978660.73', 1795978660.294062, 'C14', 'standard', 'general-de', 20, 30, 'another language', 'call.language != "en" (language is "de"), so another language', 5.566, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978660.73", "action": "queue", "treatment": "by-language", "queue": "general-de", "priority": 20, "segment": "standard", "customer_id": "C14", "customer_name": "Greta Bauer", "scores": {"value": 30.0, "potential": null, "need": null}, "score": 30.0, "lookup": "found", "rule": "another language", "reason": "call.language != \"en\" (language is \"de\"), so another language", "label": "STANDARD - Greta Bauer", "rung": "live", "policy_version": "18ca30597d9d", "language": "de", "test": false, "steps": [{"after": 60, "priority": 40, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460014", "call.language": "de", "call.hour": 18, "call.minute": 57, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C14", "customer.value": 30.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 30.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "de", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C14", "note.claims_pin": false, "note.name": "Greta Bauer"}, "took_ms": {"identify": 0.041, "look up": 2.6, "PIN": 0.001, "decide": 0.343}}', '{"call_id": "pbx2-1795978660.73", "linked_id": "pbx2-1795978660.73", "caller_number": "+442079460014", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "53ed9f28-7633-4f84-9855-656abc49596b", "arrived_at": 1795978660.294062, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978669.81', 1795978669.1917267, 'C2', 'standard', 'general-queue', 10, 47, 'standard', 'no earlier segment fits, so standard', 1.596, 'found', 'live', '39025bce668e', '{"call_id": "pbx2-1795978669.81", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "39025bce668e", "language": "en", "test": false, "steps": [{"after": 2, "priority": null, "queue": null, "say": [], "offer": "", "then": "voicemail"}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 57, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 0, "general-fr": 0, "general-de": 1, "premium": 0}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.028, "look up": 0.696, "PIN": 0.001, "decide": 0.249}}', '{"call_id": "pbx2-1795978669.81", "linked_id": "pbx2-1795978669.81", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "4ea2f2be-60a6-4d0e-a89a-5c54f612a670", "arrived_at": 1795978669.1917267, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978682.86', 1795978682.222562, 'C2', 'standard', 'general-queue', 10, 47, 'standard', 'no earlier segment fits, so standard', 3.508, 'found', 'live', 'cad3cdc2b30c', '{"call_id": "pbx2-1795978682.86", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "cad3cdc2b30c", "language": "en", "test": false, "steps": [{"after": 2, "priority": null, "queue": null, "say": [], "offer": "", "then": "end"}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.031, "look up": 0.56, "PIN": 0.001, "decide": 0.216}}', '{"call_id": "pbx2-1795978682.86", "linked_id": "pbx2-1795978682.86", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "fcac9829-75d4-4044-be72-46009a118025", "arrived_at": 1795978682.222562, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978693.91', 1795978693.6974797, 'C2', 'standard', 'general-queue', 10, 47, 'standard', 'no earlier segment fits, so standard', 97.428, 'found', 'live', '0ad37c74d2c7', '{"call_id": "pbx2-1795978693.91", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "0ad37c74d2c7", "language": "en", "test": false, "steps": [{"after": 2, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 1, "general-fr": 1, "general-de": 1, "premium": 0}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.032, "look up": 41.866, "PIN": 0.002, "decide": 0.264}}', '{"call_id": "pbx2-1795978693.91", "linked_id": "pbx2-1795978693.91", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "932f3829-aed9-48b7-bbbb-a737dc0ac5da", "arrived_at": 1795978693.6974797, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978707.94', 1795978707.324069, 'C2', 'standard', 'general-queue', 10, 47, 'standard', 'no earlier segment fits, so standard', 26.312, 'found', 'live', '69abc3a0c960', '{"call_id": "pbx2-1795978707.94", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": null}, "score": 47.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "69abc3a0c960", "language": "en", "test": false, "steps": [{"after": 3, "priority": 300, "queue": null, "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 47.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.038, "look up": 10.054, "PIN": 0.001, "decide": 4.105}}', '{"call_id": "pbx2-1795978707.94", "linked_id": "pbx2-1795978707.94", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "c04ae63d-d9df-406f-a54a-bea3ac5f5bcb", "arrived_at": 1795978707.324069, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978720.100', 1795978720.068202, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 1.619, 'found', 'live', '51ec97fb025d', '{"call_id": "pbx2-1795978720.100", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "51ec97fb025d", "language": "en", "test": false, "steps": [{"after": 3, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.028, "look up": 0.775, "PIN": 0.001, "decide": 0.198}}', '{"call_id": "pbx2-1795978720.100", "linked_id": "pbx2-1795978720.100", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "0f21ad73-d53d-4ce1-b8d4-6ac6b0c89748", "arrived_at": 1795978720.068202, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978726.104', 1795978726.7502944, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 1.143, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978726.104", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.026, "look up": 0.52, "PIN": 0.001, "decide": 0.192}}', '{"call_id": "pbx2-1795978726.104", "linked_id": "pbx2-1795978726.104", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "4ebe7e23-11b7-475d-9028-1257ec54d492", "arrived_at": 1795978726.7502944, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978726.105', 1795978726.784908, 'C5', 'premium', 'premium', 100, 72.5, 'premium', 'value 95 is at least 80, so premium', 2.365, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978726.105", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C5", "customer_name": "Grace Hopper", "scores": {"value": 95.0, "potential": null, "need": 5.0}, "score": 72.5, "lookup": "found", "rule": "premium", "reason": "value 95 is at least 80, so premium", "label": "PREMIUM value 95 - Grace Hopper", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460005", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C5", "customer.value": 95.0, "customer.potential": -1.0, "customer.need": 5.0, "customer.score": 72.5, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C5", "note.claims_pin": false, "note.name": "Grace Hopper"}, "took_ms": {"identify": 0.027, "look up": 0.625, "PIN": 0.001, "decide": 0.268}}', '{"call_id": "pbx2-1795978726.105", "linked_id": "pbx2-1795978726.105", "caller_number": "+442079460005", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "314fd59c-b05c-4d8b-a11e-1f8324592731", "arrived_at": 1795978726.784908, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978767.119', 1795978767.9633255, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 2.331, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978767.119", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.027, "look up": 1.495, "PIN": 0.001, "decide": 0.221}}', '{"call_id": "pbx2-1795978767.119", "linked_id": "pbx2-1795978767.119", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "e07bd3ce-3455-43bd-bd4f-0a8f84717100", "arrived_at": 1795978767.9633255, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978732.107', 1795978732.7042801, 'C2', 'standard', 'general-queue', 10, 39, 'standard', 'no earlier segment fits, so standard', 2.523, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978732.107", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": 15.0}, "score": 39.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": 15.0, "customer.score": 39.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.063, "look up": 1.287, "PIN": 0.001, "decide": 0.319}}', '{"call_id": "pbx2-1795978732.107", "linked_id": "pbx2-1795978732.107", "caller_number": "+442079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "5dee29d9-d8fc-40ce-adeb-fc4b5360874b", "arrived_at": 1795978732.7042801, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978737.108', 1795978738.075526, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 37.858, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978737.108", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 58, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.027, "look up": 12.252, "PIN": 0.002, "decide": 0.263}}', '{"call_id": "pbx2-1795978737.108", "linked_id": "pbx2-1795978737.108", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "3593efac-1aae-4ae4-a1ff-6f086d847008", "arrived_at": 1795978738.075526, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978746.113', 1795978746.2872996, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 26.75, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978746.113", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.026, "look up": 0.464, "PIN": 0.001, "decide": 0.248}}', '{"call_id": "pbx2-1795978746.113", "linked_id": "pbx2-1795978746.113", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "d0ed047f-7309-4280-9847-4a51074056b8", "arrived_at": 1795978746.2872996, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978765.116', 1795978765.4234285, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 3.345, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978765.116", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.033, "look up": 0.991, "PIN": 0.001, "decide": 0.243}}', '{"call_id": "pbx2-1795978765.116", "linked_id": "pbx2-1795978765.116", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "7597029a-7a10-4726-b358-256a304f8655", "arrived_at": 1795978765.4234285, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978770.121', 1795978770.9909983, 'C1', 'premium', 'premium', 100, 69.4, 'premium', 'value 91 is at least 80, so premium', 3.362, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978770.121", "action": "queue", "treatment": "premium", "queue": "premium", "priority": 100, "segment": "premium", "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": 64.0, "need": 10.0}, "score": 69.4, "lookup": "found", "rule": "premium", "reason": "value 91 is at least 80, so premium", "label": "PREMIUM value 91 - Ada Lovelace", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 45, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": 64.0, "customer.need": 10.0, "customer.score": 69.4, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 1}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.028, "look up": 2.168, "PIN": 0.001, "decide": 0.232}}', '{"call_id": "pbx2-1795978770.121", "linked_id": "pbx2-1795978770.121", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "202cd389-965c-4625-99f0-16651c005eed", "arrived_at": 1795978770.9909983, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978783.130', 1795978783.6240711, 'C6', 'standard', 'general-queue', 10, 77, 'standard', 'no earlier segment fits, so standard', 70.878, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978783.130", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": "standard", "customer_id": "C6", "customer_name": "Edsger Dijkstra", "scores": {"value": 77.0, "potential": null, "need": null}, "score": 77.0, "lookup": "found", "rule": "standard", "reason": "no earlier segment fits, so standard", "label": "STANDARD - Edsger Dijkstra", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460006", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C6", "customer.value": 77.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 77.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C6", "note.claims_pin": false, "note.name": "Edsger Dijkstra"}, "took_ms": {"identify": 0.031, "look up": 34.489, "PIN": 0.002, "decide": 2.993}}', '{"call_id": "pbx2-1795978783.130", "linked_id": "pbx2-1795978783.130", "caller_number": "+442079460006", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "430a10e3-5610-474f-a491-f3780a8ff4d3", "arrived_at": 1795978783.6240711, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978789.132', 1795978789.6635878, 'C9', 'won-back', 'premium', 60, 35.5, 'won-back', 'lapsed and potential 82 is at least 70, so won-back', 8.127, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978789.132", "action": "queue", "treatment": "won-back", "queue": "premium", "priority": 60, "segment": "won-back", "customer_id": "C9", "customer_name": "Priya Gupta", "scores": {"value": 20.0, "potential": 82.0, "need": null}, "score": 35.5, "lookup": "found", "rule": "won-back", "reason": "lapsed and potential 82 is at least 70, so won-back", "label": "WON-BACK potential 82 - Priya Gupta", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": ["ivr/won-back"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460009", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "won-back", "customer.found": true, "customer.id": "C9", "customer.value": 20.0, "customer.potential": 82.0, "customer.need": -1.0, "customer.score": 35.5, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": true, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C9", "note.claims_pin": false, "note.name": "Priya Gupta"}, "took_ms": {"identify": 0.029, "look up": 7.006, "PIN": 0.001, "decide": 0.28}}', '{"call_id": "pbx2-1795978789.132", "linked_id": "pbx2-1795978789.132", "caller_number": "+442079460009", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "b0d19072-d3ed-43a3-b06a-bad6157559ca", "arrived_at": 1795978789.6635878, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978797.134', 1795978797.173559, 'C3', 'standard', 'premium', 80, 35, 'gold contract', 'customer.contract == "gold" (contract is "gold"), so gold contract', 17.684, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978797.134", "action": "queue", "treatment": "gold", "queue": "premium", "priority": 80, "segment": "standard", "customer_id": "C3", "customer_name": "Mary Somerville", "scores": {"value": 40.0, "potential": null, "need": 20.0}, "score": 35.0, "lookup": "found", "rule": "gold contract", "reason": "customer.contract == \"gold\" (contract is \"gold\"), so gold contract", "label": "STANDARD - Mary Somerville", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 30, "priority": 120, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 60, "priority": null, "queue": "general-queue", "say": [], "offer": "", "then": ""}], "greeting": [], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460003", "call.language": "en", "call.hour": 18, "call.minute": 59, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "C3", "customer.value": 40.0, "customer.potential": -1.0, "customer.need": 20.0, "customer.score": 35.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "gold", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C3", "note.claims_pin": false, "note.name": "Mary Somerville"}, "took_ms": {"identify": 0.029, "look up": 0.633, "PIN": 0.001, "decide": 0.287}}', '{"call_id": "pbx2-1795978797.134", "linked_id": "pbx2-1795978797.134", "caller_number": "+442079460003", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "ca53d9c3-abef-493d-bbdb-bbfef6154f88", "arrived_at": 1795978797.173559, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978801.136', 1795978802.0244882, 'C2', 'frequent', 'general-queue', 50, 39, 'frequent', 'the number dialled (frequent) gives it, so frequent', 9.948, 'found', 'live', '18ca30597d9d', '{"call_id": "pbx2-1795978801.136", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "frequent", "customer_id": "C2", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": null, "need": 15.0}, "score": 39.0, "lookup": "found", "rule": "frequent", "reason": "the number dialled (frequent) gives it, so frequent", "label": "FREQUENT - Charles Babbage", "rung": "live", "policy_version": "18ca30597d9d", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}], "greeting": ["ivr/greeting-frequent"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1002", "call.entry": "frequent", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 19, "call.minute": 0, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "frequent", "customer.found": true, "customer.id": "C2", "customer.value": 47.0, "customer.potential": -1.0, "customer.need": 15.0, "customer.score": 39.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C2", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 0.05, "look up": 4.123, "PIN": 0.001, "decide": 0.403}}', '{"call_id": "pbx2-1795978801.136", "linked_id": "pbx2-1795978801.136", "caller_number": "+442079460002", "dialled": "1002", "withheld": false, "trunk": "carrier", "sip_call_id": "a759583e-0d17-46da-9522-25c181aad0d5", "arrived_at": 1795978802.0244882, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978810.138', 1795978810.4373598, 'C1', NULL, 'general-queue', 10, 91, 'default', 'it is not sure enough who calls (caller-id), so the default applies', 12.493, 'found', 'live', '30fe59add7e2', '{"call_id": "pbx2-1795978810.138", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 10, "segment": null, "customer_id": "C1", "customer_name": "Ada Lovelace", "scores": {"value": 91.0, "potential": null, "need": null}, "score": 91.0, "lookup": "found", "rule": "default", "reason": "it is not sure enough who calls (caller-id), so the default applies", "label": "GENERAL - Ada Lovelace", "rung": "live", "policy_version": "30fe59add7e2", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 40, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": 110, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460001", "call.language": "en", "call.hour": 19, "call.minute": 0, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "", "customer.found": true, "customer.id": "C1", "customer.value": 91.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 91.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 0}, "queues.agents_free": {"general-queue": 2, "general-fr": 1, "general-de": 1, "premium": 2}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C1", "note.claims_pin": false, "note.name": "Ada Lovelace"}, "took_ms": {"identify": 0.03, "look up": 5.292, "PIN": 0.001, "decide": 0.302}}', '{"call_id": "pbx2-1795978810.138", "linked_id": "pbx2-1795978810.138", "caller_number": "+442079460001", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "b0cc971b-a6d1-45a2-8064-f099cfc87789", "arrived_at": 1795978810.4373598, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx2-1795978821.145', 1795978821.9165418, 'C5', 'premium', 'general-queue', 50, 95, 'premium is full', 'value 95 is at least 80 and queues.waiting["premium"] >= 1 (waiting is {general-queue: 0, general-fr: 0, general-de: 0, premium: 1}), so premium', 7.14, 'found', 'live', '637c8ee24529', '{"call_id": "pbx2-1795978821.145", "action": "queue", "treatment": "rescue", "queue": "general-queue", "priority": 50, "segment": "premium", "customer_id": "C5", "customer_name": "Grace Hopper", "scores": {"value": 95.0, "potential": null, "need": null}, "score": 95.0, "lookup": "found", "rule": "premium is full", "reason": "value 95 is at least 80 and queues.waiting[\"premium\"] >= 1 (waiting is {general-queue: 0, general-fr: 0, general-de: 0, premium: 1}), so premium", "label": "PREMIUM value 95 - Grace Hopper", "rung": "live", "policy_version": "637c8ee24529", "language": "en", "test": false, "steps": [{"after": 90, "priority": 60, "queue": null, "say": [], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "", "music": "", "self_service": "", "disclose": false, "account": "", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": [], "trust": "caller-id", "failed": [], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460005", "call.language": "en", "call.hour": 19, "call.minute": 0, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "premium", "customer.found": true, "customer.id": "C5", "customer.value": 95.0, "customer.potential": -1.0, "customer.need": -1.0, "customer.score": 95.0, "customer.scores_age_days": 0.0, "customer.previous_segment": "", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": -1.0, "customer.contacts_7d": 0, "customer.contacts_30d": 0, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 1}, "queues.longest_wait": {"general-queue": 0, "general-fr": 0, "general-de": 0, "premium": 3}, "queues.agents_free": {"general-queue": 1, "general-fr": 1, "general-de": 1, "premium": 0}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "C5", "note.claims_pin": false, "note.name": "Grace Hopper"}, "took_ms": {"identify": 0.031, "look up": 1.131, "PIN": 0.001, "decide": 0.318}}', '{"call_id": "pbx2-1795978821.145", "linked_id": "pbx2-1795978821.145", "caller_number": "+442079460005", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "622a8d29-2afa-4146-acc1-bffbd62ea8a5", "arrived_at": 1795978821.9165418, "attestation": "", "asked": "", "intent": "", "typed": ""}');
INSERT INTO public.decisions VALUES ('pbx1-1764151200.500', 1795978938.6569264, 'G02', 'standard', 'general-queue', 0, 39.2, 'standard', 'score 39.2 is at least 10, so standard', 870.359, 'found', 'live', 'dd22a33dc719', '{"call_id": "pbx1-1764151200.500", "action": "queue", "treatment": "general", "queue": "general-queue", "priority": 0, "segment": "standard", "customer_id": "G02", "customer_name": "Charles Babbage", "scores": {"value": 47.0, "potential": 40.0, "need": 15.0}, "score": 39.2, "lookup": "found", "rule": "standard", "reason": "score 39.2 is at least 10, so standard", "label": "STANDARD score 39.2, repeat caller, many calls - Charles Bab", "rung": "live", "policy_version": "dd22a33dc719", "language": "en", "test": false, "steps": [{"after": 60, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 90, "priority": 0, "queue": null, "say": [], "offer": "", "then": ""}, {"after": 120, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 180, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 240, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 300, "priority": null, "queue": null, "say": [], "offer": "voicemail", "then": ""}, {"after": 360, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 420, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 480, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 540, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}, {"after": 600, "priority": null, "queue": null, "say": ["position", "wait"], "offer": "", "then": ""}], "greeting": ["hello"], "say": [], "mailbox": "100", "music": "", "self_service": "", "disclose": true, "account": "no-case", "ask": "", "ask_sound": [], "ask_keys": "", "adjustments": ["repeat caller", "many calls"], "trust": "caller-id", "failed": ["queues.waiting[\"nowhere\"] > 3: Key not found in map : \"nowhere\""], "facts": {"call.did": "1000", "call.entry": "main", "call.intent": "", "call.number": "+442079460002", "call.language": "en", "call.hour": 19, "call.minute": 2, "call.weekday": "sunday", "call.date": "2026-11-29", "call.closed": false, "call.attestation": "", "call.trunk": "carrier", "call.withheld": false, "call.trust": "caller-id", "segment": "standard", "customer.found": true, "customer.id": "G02", "customer.value": 47.0, "customer.potential": 40.0, "customer.need": 15.0, "customer.score": 39.2, "customer.scores_age_days": 28.46, "customer.previous_segment": "standard", "customer.products": [], "customer.tags": [], "customer.language": "en", "customer.preferred_agent": "", "customer.prefers_self_service": false, "customer.blocked": false, "customer.days_since_contact": 3.373, "customer.contacts_7d": 3, "customer.contacts_30d": 17, "customer.abandoned_last": false, "customer.open_case": false, "customer.contract": "basic", "customer.lapsed": false, "customer.has_pin": false, "customer.lookup": "found", "queues.waiting": {}, "queues.longest_wait": {}, "queues.agents_free": {}, "note.pin": "", "note.why": "", "note.why_not": "", "note.age": null, "note.claims": "G02", "note.claims_pin": false, "note.name": "Charles Babbage"}, "took_ms": {"identify": 523.42, "look up": 2.824, "PIN": 0.001, "decide": 0.841}}', '{"call_id": "pbx1-1764151200.500", "linked_id": "pbx1-1764151200.500", "caller_number": "02079460002", "dialled": "1000", "withheld": false, "trunk": "carrier", "sip_call_id": "agi-500@carrier", "arrived_at": 1795978938.6569264, "attestation": "", "asked": "", "intent": "", "typed": ""}');

INSERT INTO public.facts VALUES (1, 'pbx1-1766658653.41', 'routed', 1766658653.952, '{"linked_id": "pbx1-1766658653.41", "caller_number": "+442079460002", "dialled": "1001", "trunk": "carrier", "sip_call_id": "00000029-golden@carrier", "rung": "live", "segment": "standard", "queue": "", "priority": 0, "action": "voicemail", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (2, 'pbx1-1766658653.41', 'handled', 1766658655.952, '{"what": "message"}');
INSERT INTO public.facts VALUES (3, 'pbx1-1766658653.41', 'ended', 1766658656.152, '{"cause": 16}');
INSERT INTO public.facts VALUES (4, 'pbx1-1793611816.1', 'routed', 1793611816.14, '{"linked_id": "pbx1-1793611816.1", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000001-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (5, 'pbx1-1793611816.1', 'joined', 1793611816.19, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (6, 'pbx1-1793611816.1', 'rang', 1793611816.29, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (7, 'pbx1-1793611816.1', 'connected', 1793611819.49, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (8, 'pbx1-1793611816.1', 'completed', 1793611859.49, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (9, 'pbx1-1793611816.1', 'ended', 1793611859.69, '{"cause": 16}');
INSERT INTO public.facts VALUES (10, 'pbx1-1793612431.2', 'routed', 1793612431.799, '{"linked_id": "pbx1-1793612431.2", "caller_number": "+4930901820050", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000002-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (11, 'pbx1-1793612431.2', 'joined', 1793612431.849, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (12, 'pbx1-1793612431.2', 'rang', 1793612431.949, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (13, 'pbx1-1793612431.2', 'connected', 1793612435.149, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (14, 'pbx1-1793612431.2', 'completed', 1793612475.149, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (15, 'pbx1-1793612431.2', 'ended', 1793612475.349, '{"cause": 16}');
INSERT INTO public.facts VALUES (16, 'pbx1-1794218406.3', 'routed', 1794218406.519, '{"linked_id": "pbx1-1794218406.3", "caller_number": "030 901820050", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000003-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (17, 'pbx1-1794218406.3', 'joined', 1794218406.569, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (18, 'pbx1-1794218406.3', 'rang', 1794218406.669, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (19, 'pbx1-1794218406.3', 'connected', 1794218409.869, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (20, 'pbx1-1794218406.3', 'completed', 1794218449.869, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (21, 'pbx1-1794218406.3', 'ended', 1794218450.069, '{"cause": 16}');
INSERT INTO public.facts VALUES (22, 'given-1', 'routed', 1794250783.3177266, '{"linked_id": "given-1", "caller_number": "+442079460005", "dialled": "1000", "trunk": "carrier", "sip_call_id": "", "rung": "live", "segment": "premium", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (23, 'given-1', 'joined', 1794250784.3177266, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (24, 'given-1', 'connected', 1794250794.3177266, '{"queue": "general-queue", "agent": "an agent", "interface": "PJSIP/agent", "hold_seconds": 10}');
INSERT INTO public.facts VALUES (25, 'given-1', 'completed', 1794250854.3177266, '{"queue": "general-queue", "agent": "an agent", "talk_seconds": 60, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (26, 'given-1', 'ended', 1794250855.3177266, '{"cause": 16}');
INSERT INTO public.facts VALUES (27, 'given-1', 'routed', 1795805978.8539474, '{"linked_id": "given-1", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (28, 'given-1', 'joined', 1795805979.8539474, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (29, 'given-1', 'connected', 1795805989.8539474, '{"queue": "general-queue", "agent": "an agent", "interface": "PJSIP/agent", "hold_seconds": 10}');
INSERT INTO public.facts VALUES (30, 'given-1', 'completed', 1795806049.8539474, '{"queue": "general-queue", "agent": "an agent", "talk_seconds": 60, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (31, 'given-1', 'ended', 1795806050.8539474, '{"cause": 16}');
INSERT INTO public.facts VALUES (32, 'given-1', 'routed', 1795906775.4916859, '{"linked_id": "given-1", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (33, 'given-1', 'joined', 1795906776.4916859, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (34, 'given-1', 'left', 1795906836.4916859, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (35, 'given-1', 'ended', 1795906847.4916859, '{"cause": 16}');
INSERT INTO public.facts VALUES (36, 'pbx1-1794309301.4', 'routed', 1794309301.934, '{"linked_id": "pbx1-1794309301.4", "caller_number": "+442079460002", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000004-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (37, 'pbx1-1794309301.4', 'joined', 1794309301.984, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (38, 'pbx1-1794309301.4', 'rang', 1794309302.084, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (39, 'pbx1-1794309301.4', 'connected', 1794309305.284, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (40, 'pbx1-1794309301.4', 'completed', 1794309345.284, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (41, 'pbx1-1794309301.4', 'ended', 1794309345.484, '{"cause": 16}');
INSERT INTO public.facts VALUES (42, 'pbx1-1794378653.5', 'routed', 1794378653.419, '{"linked_id": "pbx1-1794378653.5", "caller_number": "+442079460003", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000005-golden@carrier", "rung": "live", "segment": "at-risk", "queue": "", "priority": 0, "action": "end", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (43, 'pbx1-1794378653.5', 'handled', 1794378655.419, '{"what": "message"}');
INSERT INTO public.facts VALUES (44, 'pbx1-1794378653.5', 'ended', 1794378655.619, '{"cause": 16}');
INSERT INTO public.facts VALUES (45, 'pbx1-1794525027.6', 'routed', 1794525027.642, '{"linked_id": "pbx1-1794525027.6", "caller_number": "+442079460002", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000006-golden@carrier", "rung": "live", "segment": "standard", "queue": "", "priority": 0, "action": "end", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (46, 'pbx1-1794525027.6', 'handled', 1794525029.642, '{"what": "message"}');
INSERT INTO public.facts VALUES (47, 'pbx1-1794525027.6', 'ended', 1794525029.842, '{"cause": 16}');
INSERT INTO public.facts VALUES (93, 'pbx1-1794825161.15', 'ended', 1794825181.824, '{"cause": 16}');
INSERT INTO public.facts VALUES (48, 'pbx1-1794571248.7', 'routed', 1794571248.805, '{"linked_id": "pbx1-1794571248.7", "caller_number": "+442079460007", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000007-golden@carrier", "rung": "live", "segment": "", "queue": "general-de", "priority": 20, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (49, 'pbx1-1794571248.7', 'joined', 1794571248.855, '{"queue": "general-de", "position": 1}');
INSERT INTO public.facts VALUES (50, 'pbx1-1794571248.7', 'rang', 1794571248.955, '{"queue": "general-de", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (51, 'pbx1-1794571248.7', 'connected', 1794571252.155, '{"queue": "general-de", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (52, 'pbx1-1794571248.7', 'completed', 1794571292.155, '{"queue": "general-de", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (53, 'pbx1-1794571248.7', 'ended', 1794571292.355, '{"cause": 16}');
INSERT INTO public.facts VALUES (54, 'pbx1-1794646800.8', 'routed', 1794646800.732, '{"linked_id": "pbx1-1794646800.8", "caller_number": "+442079460012", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000008-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-de", "priority": 20, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (55, 'pbx1-1794646800.8', 'joined', 1794646800.782, '{"queue": "general-de", "position": 1}');
INSERT INTO public.facts VALUES (56, 'pbx1-1794646800.8', 'rang', 1794646800.882, '{"queue": "general-de", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (57, 'pbx1-1794646800.8', 'connected', 1794646804.082, '{"queue": "general-de", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (58, 'pbx1-1794646800.8', 'completed', 1794646844.082, '{"queue": "general-de", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (59, 'pbx1-1794646800.8', 'ended', 1794646844.282, '{"cause": 16}');
INSERT INTO public.facts VALUES (60, 'pbx1-1794765568.9', 'routed', 1794765568.292, '{"linked_id": "pbx1-1794765568.9", "caller_number": "+442079460002", "dialled": "1004", "trunk": "carrier", "sip_call_id": "00000009-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (61, 'pbx1-1794765568.9', 'joined', 1794765568.342, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (62, 'pbx1-1794765568.9', 'rang', 1794765568.442, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (63, 'pbx1-1794765568.9', 'connected', 1794765571.642, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (64, 'pbx1-1794765568.9', 'completed', 1794765611.642, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (65, 'pbx1-1794765568.9', 'ended', 1794765611.842, '{"cause": 16}');
INSERT INTO public.facts VALUES (66, 'pbx1-1794823246.10', 'routed', 1794823246.841, '{"linked_id": "pbx1-1794823246.10", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000000a-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "A", "test": false}');
INSERT INTO public.facts VALUES (67, 'pbx1-1794823246.10', 'joined', 1794823246.891, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (68, 'pbx1-1794823246.10', 'rang', 1794823246.991, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (69, 'pbx1-1794823246.10', 'connected', 1794823250.191, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (70, 'pbx1-1794823246.10', 'completed', 1794823290.191, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (71, 'pbx1-1794823246.10', 'ended', 1794823290.391, '{"cause": 16}');
INSERT INTO public.facts VALUES (72, 'pbx1-1794823814.11', 'routed', 1794823814.625, '{"linked_id": "pbx1-1794823814.11", "caller_number": "+442079460101", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000000b-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 105, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (73, 'pbx1-1794823814.11', 'joined', 1794823814.675, '{"queue": "premium", "position": 6}');
INSERT INTO public.facts VALUES (74, 'pbx1-1794823814.11', 'rang', 1794823814.775, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (75, 'pbx1-1794823814.11', 'no_answer', 1794823829.775, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "ring_seconds": 15.0}');
INSERT INTO public.facts VALUES (76, 'pbx1-1794823814.11', 'rang', 1794823829.875, '{"queue": "premium", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (77, 'pbx1-1794823814.11', 'connected', 1794823832.875, '{"queue": "premium", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 22}');
INSERT INTO public.facts VALUES (78, 'pbx1-1794823814.11', 'completed', 1794823872.875, '{"queue": "premium", "agent": "Ben Okafor", "talk_seconds": 40, "hung_up_by": "agent"}');
INSERT INTO public.facts VALUES (79, 'pbx1-1794823814.11', 'ended', 1794823873.075, '{"cause": 16}');
INSERT INTO public.facts VALUES (80, 'pbx1-1794824406.12', 'routed', 1794824406.943, '{"linked_id": "pbx1-1794824406.12", "caller_number": "+4930901820050", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000000c-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (81, 'pbx1-1794824406.12', 'joined', 1794824406.993, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (82, 'pbx1-1794824406.12', 'rang', 1794824407.093, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (83, 'pbx1-1794824406.12', 'connected', 1794824410.293, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (84, 'pbx1-1794824406.12', 'completed', 1794824450.293, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (85, 'pbx1-1794824406.12', 'ended', 1794824450.493, '{"cause": 16}');
INSERT INTO public.facts VALUES (86, 'pbx1-1794825020.13', 'routed', 1794825020.051, '{"linked_id": "pbx1-1794825020.13", "caller_number": "+442079460004", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000000d-golden@carrier", "rung": "live", "segment": "", "queue": "", "priority": 0, "action": "refuse", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (87, 'pbx1-1794825020.13', 'ended', 1794825020.251, '{"cause": 21}');
INSERT INTO public.facts VALUES (88, 'pbx1-1794825061.14', 'routed', 1794825061.046, '{"linked_id": "pbx1-1794825061.14", "caller_number": "+442079460003", "dialled": "1000", "trunk": "backup", "sip_call_id": "0000000e-golden@carrier", "rung": "live", "segment": "", "queue": "", "priority": 0, "action": "refuse", "attestation": "failed", "test": false}');
INSERT INTO public.facts VALUES (89, 'pbx1-1794825061.14', 'ended', 1794825061.246, '{"cause": 21}');
INSERT INTO public.facts VALUES (90, 'pbx1-1794825161.15', 'routed', 1794825161.574, '{"linked_id": "pbx1-1794825161.15", "caller_number": "+442079460003", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000000f-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "failed", "test": false}');
INSERT INTO public.facts VALUES (91, 'pbx1-1794825161.15', 'joined', 1794825161.624, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (92, 'pbx1-1794825161.15', 'left', 1794825181.624, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (94, 'pbx1-1794825180.16', 'routed', 1794825180.981, '{"linked_id": "pbx1-1794825180.16", "caller_number": "+442079460003", "dialled": "1000", "trunk": "elsewhere", "sip_call_id": "00000010-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (95, 'pbx1-1794825180.16', 'joined', 1794825181.031, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (96, 'pbx1-1794825180.16', 'left', 1794825212.031, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (97, 'pbx1-1794825180.16', 'left', 1794825212.331, '{"queue": "general-queue", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (98, 'pbx1-1794825180.16', 'asked', 1794825213.331, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (99, 'pbx1-1794825180.16', 'handled', 1794825215.331, '{"what": "voicemail"}');
INSERT INTO public.facts VALUES (100, 'pbx1-1794825180.16', 'ended', 1794825215.531, '{"cause": 16}');
INSERT INTO public.facts VALUES (101, 'pbx1-1794825296.17', 'routed', 1794825296.41, '{"linked_id": "pbx1-1794825296.17", "caller_number": "+442079460006", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000011-golden@carrier", "rung": "live", "segment": "vip", "queue": "premium", "priority": 1000, "action": "queue", "attestation": "A", "test": false}');
INSERT INTO public.facts VALUES (102, 'pbx1-1794825296.17', 'joined', 1794825296.46, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (103, 'pbx1-1794825296.17', 'left', 1794825327.46, '{"queue": "premium", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (104, 'pbx1-1794825296.17', 'left', 1794825327.76, '{"queue": "premium", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (105, 'pbx1-1794825296.17', 'ended', 1794825327.96, '{"cause": 16}');
INSERT INTO public.facts VALUES (106, 'pbx1-1794825343.18', 'routed', 1794825343.241, '{"linked_id": "pbx1-1794825343.18", "caller_number": "+442079460006", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000012-golden@carrier", "rung": "live", "segment": "", "queue": "general-fr", "priority": 20, "action": "queue", "attestation": "B", "test": false}');
INSERT INTO public.facts VALUES (107, 'pbx1-1794825343.18', 'joined', 1794825343.291, '{"queue": "general-fr", "position": 1}');
INSERT INTO public.facts VALUES (108, 'pbx1-1794825343.18', 'left', 1794825346.291, '{"queue": "general-fr", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (109, 'pbx1-1794825343.18', 'left', 1794825346.591, '{"queue": "general-fr", "status": "FULL"}');
INSERT INTO public.facts VALUES (110, 'pbx1-1794825343.18', 'ended', 1794825346.791, '{"cause": 16}');
INSERT INTO public.facts VALUES (111, 'pbx1-1794825387.19', 'routed', 1794825387.763, '{"linked_id": "pbx1-1794825387.19", "caller_number": "+442079460006", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000013-golden@carrier", "rung": "live", "segment": "", "queue": "general-fr", "priority": 20, "action": "queue", "attestation": "C", "test": false}');
INSERT INTO public.facts VALUES (112, 'pbx1-1794825387.19', 'left', 1794825388.063, '{"queue": "general-fr", "status": "JOINEMPTY"}');
INSERT INTO public.facts VALUES (113, 'pbx1-1794825387.19', 'joined', 1794825388.113, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (114, 'pbx1-1794825387.19', 'left', 1794825388.413, '{"queue": "general-fr", "status": "LEAVEEMPTY"}');
INSERT INTO public.facts VALUES (115, 'pbx1-1794825387.19', 'ended', 1794825388.613, '{"cause": 16}');
INSERT INTO public.facts VALUES (116, 'pbx1-1794825421.20', 'routed', 1794825421.56, '{"linked_id": "pbx1-1794825421.20", "caller_number": "+442079460007", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000014-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (117, 'pbx1-1794825421.20', 'left', 1794825421.86, '{"queue": "general-queue", "status": "JOINUNAVAIL"}');
INSERT INTO public.facts VALUES (118, 'pbx1-1794825421.20', 'ended', 1794825422.06, '{"cause": 16}');
INSERT INTO public.facts VALUES (119, 'pbx1-1794825494.21', 'routed', 1794825494.802, '{"linked_id": "pbx1-1794825494.21", "caller_number": "+442079460008", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000015-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (120, 'pbx1-1794825494.21', 'joined', 1794825494.852, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (121, 'pbx1-1794825494.21', 'left', 1794825503.852, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (122, 'pbx1-1794825494.21', 'left', 1794825504.152, '{"queue": "general-queue", "status": "LEAVEUNAVAIL"}');
INSERT INTO public.facts VALUES (123, 'pbx1-1794825494.21', 'ended', 1794825504.352, '{"cause": 16}');
INSERT INTO public.facts VALUES (124, 'pbx1-1794825568.22', 'routed', 1794825568.981, '{"linked_id": "pbx1-1794825568.22", "caller_number": "+442079460009", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000016-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (125, 'pbx1-1794825568.22', 'joined', 1794825569.031, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (126, 'pbx1-1794825568.22', 'left', 1794825578.031, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (127, 'pbx1-1794825568.22', 'left', 1794825578.331, '{"queue": "general-queue", "status": "WITHDRAW"}');
INSERT INTO public.facts VALUES (128, 'pbx1-1794825568.22', 'ended', 1794825578.531, '{"cause": 16}');
INSERT INTO public.facts VALUES (129, 'pbx1-1794825631.23', 'routed', 1794825631.586, '{"linked_id": "pbx1-1794825631.23", "caller_number": "+442079460800", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000017-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (130, 'pbx1-1794825631.23', 'joined', 1794825631.636, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (131, 'pbx1-1794825631.23', 'left', 1794825640.636, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (132, 'pbx1-1794825631.23', 'left', 1794825640.936, '{"queue": "general-queue", "status": "CONTINUE"}');
INSERT INTO public.facts VALUES (133, 'pbx1-1794825631.23', 'ended', 1794825641.136, '{"cause": 16}');
INSERT INTO public.facts VALUES (134, 'pbx1-1794825674.24', 'routed', 1794825674.373, '{"linked_id": "pbx1-1794825674.24", "caller_number": "", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000018-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (135, 'pbx1-1794825674.24', 'joined', 1794825674.423, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (136, 'pbx1-1794825734.25', 'routed', 1794825734.713, '{"linked_id": "pbx1-1794825734.25", "caller_number": "", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000019-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (137, 'pbx1-1794825734.25', 'joined', 1794825734.763, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (138, 'pbx1-1794825734.25', 'rang', 1794825734.863, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (139, 'pbx1-1794825794.26', 'routed', 1794825794.799, '{"linked_id": "pbx1-1794825794.26", "caller_number": "12", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000001a-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (140, 'pbx1-1794825794.26', 'joined', 1794825794.849, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (141, 'pbx1-1794825794.26', 'rang', 1794825794.949, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (142, 'pbx1-1794825794.26', 'connected', 1794825798.149, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (143, 'pbx1-1794825869.27', 'routed', 1794825869.995, '{"linked_id": "pbx1-1794825869.27", "caller_number": "+442079460010", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000001b-golden@carrier", "rung": "live", "segment": "won-back", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (144, 'pbx1-1794825918.28', 'routed', 1794825918.968, '{"linked_id": "pbx1-1794825918.28", "caller_number": "+442079460010", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000001c-golden@carrier", "rung": "live", "segment": "won-back", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (145, 'pbx1-1794825918.28', 'ended', 1794825919.168, '{"cause": 16}');
INSERT INTO public.facts VALUES (146, 'pbx1-1794825961.29', 'routed', 1794825961.446, '{"linked_id": "pbx1-1794825961.29", "caller_number": "+442079460011", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000001d-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (147, 'pbx1-1794825961.29', 'joined', 1794825961.496, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (148, 'pbx1-1794825961.29', 'rang', 1794825961.596, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (149, 'pbx1-1794825961.29', 'connected', 1794825964.796, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (150, 'pbx1-1794825961.29', 'completed', 1794826004.796, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "transfer"}');
INSERT INTO public.facts VALUES (151, 'pbx1-1794825961.29', 'ended', 1794826004.996, '{"cause": 16}');
INSERT INTO public.facts VALUES (152, 'pbx1-1794826073.30', 'routed', 1794826073.958, '{"linked_id": "pbx1-1794826073.30", "caller_number": "+442079460003", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000001e-golden@carrier", "rung": "live", "segment": "at-risk", "queue": "general-queue", "priority": 55, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (153, 'pbx1-1794826073.30', 'asked', 1794826074.958, '{"ask": "self-service"}');
INSERT INTO public.facts VALUES (154, 'pbx1-1794826073.30', 'handled', 1794826076.958, '{"what": "self-service"}');
INSERT INTO public.facts VALUES (155, 'pbx1-1794826073.30', 'ended', 1794826077.158, '{"cause": 16}');
INSERT INTO public.facts VALUES (156, 'pbx1-1794826115.31', 'routed', 1794826115.964, '{"linked_id": "pbx1-1794826115.31", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000001f-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (157, 'pbx1-1794826115.31', 'joined', 1794826116.014, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (158, 'pbx1-1794826115.31', 'left', 1794826236.014, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (159, 'pbx1-1794826115.31', 'left', 1794826236.314, '{"queue": "general-queue", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (160, 'pbx1-1794826115.31', 'handled', 1794826238.314, '{"what": "ended"}');
INSERT INTO public.facts VALUES (161, 'pbx1-1794826115.31', 'ended', 1794826238.514, '{"cause": 16}');
INSERT INTO public.facts VALUES (162, 'pbx1-1794826181.32', 'routed', 1794826181.122, '{"linked_id": "pbx1-1794826181.32", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000020-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (163, 'pbx1-1794826181.32', 'asked', 1794826182.122, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (164, 'pbx1-1794826211.33', 'routed', 1794826211.664, '{"linked_id": "pbx1-1794826211.33", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000021-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (165, 'pbx1-1794826211.33', 'joined', 1794826211.714, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (166, 'pbx1-1794826211.33', 'left', 1794826212.014, '{"queue": "general-queue", "status": "CONTINUE"}');
INSERT INTO public.facts VALUES (167, 'pbx1-1794826306.34', 'routed', 1794826306.9, '{"linked_id": "pbx1-1794826306.34", "caller_number": "+442079460990", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000022-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": true}');
INSERT INTO public.facts VALUES (168, 'pbx1-1794826306.34', 'joined', 1794826306.95, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (169, 'pbx1-1794826306.34', 'rang', 1794826307.05, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (170, 'pbx1-1794826306.34', 'connected', 1794826310.25, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (171, 'pbx1-1794826306.34', 'completed', 1794826350.25, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (172, 'pbx1-1794826306.34', 'ended', 1794826350.45, '{"cause": 16}');
INSERT INTO public.facts VALUES (173, 'pbx1-1794826338.35', 'routed', 1794826338.143, '{"linked_id": "pbx1-1794826338.35", "caller_number": "+442079460002", "dialled": "1002", "trunk": "carrier", "sip_call_id": "00000023-golden@carrier", "rung": "live", "segment": "frequent", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (174, 'pbx1-1794826338.35', 'joined', 1794826338.193, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (175, 'pbx1-1794826338.35', 'rang', 1794826338.293, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (176, 'pbx1-1794826338.35', 'connected', 1794826341.493, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (177, 'pbx1-1794826338.35', 'completed', 1794826381.493, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (178, 'pbx1-1794826338.35', 'ended', 1794826381.693, '{"cause": 16}');
INSERT INTO public.facts VALUES (179, 'pbx1-1794826427.36', 'routed', 1794826427.36, '{"linked_id": "pbx1-1794826427.36", "caller_number": "+442079460199", "dialled": "1002", "trunk": "elsewhere", "sip_call_id": "00000024-golden@carrier", "rung": "live", "segment": "frequent", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (180, 'pbx1-1794826427.36', 'joined', 1794826427.41, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (181, 'pbx1-1794826427.36', 'rang', 1794826427.51, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (182, 'pbx1-1794826427.36', 'connected', 1794826430.71, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (183, 'pbx1-1794826427.36', 'completed', 1794826470.71, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (184, 'pbx1-1794826427.36', 'ended', 1794826470.91, '{"cause": 16}');
INSERT INTO public.facts VALUES (267, 'pbx1-1794996471.51', 'joined', 1794996479.523, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (185, 'pbx1-1794826545.38', 'routed', 1794826545.532, '{"linked_id": "pbx1-1794826545.38", "caller_number": "+442079460002", "dialled": "9999", "trunk": "carrier", "sip_call_id": "", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (186, 'pbx1-1794826545.38', 'joined', 1794826545.582, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (187, 'pbx1-1794826545.38', 'rang', 1794826545.682, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (188, 'pbx1-1794826545.38', 'connected', 1794826548.882, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (189, 'pbx1-1794826545.38', 'completed', 1794826588.882, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (190, 'pbx1-1794826545.38', 'ended', 1794826589.082, '{"cause": 16}');
INSERT INTO public.facts VALUES (191, 'pbx1-1794828649.60', 'routed', 1794828649.187, '{"linked_id": "pbx1-1794828649.60", "caller_number": "+442079460010", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000003c-golden@carrier", "rung": "live", "segment": "won-back", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (192, 'pbx1-1794828649.60', 'joined', 1794828649.237, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (193, 'pbx1-1794828649.60', 'left', 1794828669.237, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (194, 'pbx1-1794828649.60', 'ended', 1794828669.437, '{"cause": 16}');
INSERT INTO public.facts VALUES (195, 'pbx1-1794915033.61', 'routed', 1794915033.88, '{"linked_id": "pbx1-1794915033.61", "caller_number": "+442079460010", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000003d-golden@carrier", "rung": "live", "segment": "won-back", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (196, 'pbx1-1794915033.61', 'joined', 1794915033.93, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (197, 'pbx1-1794915033.61', 'rang', 1794915034.03, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (198, 'pbx1-1794915033.61', 'connected', 1794915037.23, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (199, 'pbx1-1794915033.61', 'completed', 1794915077.23, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (200, 'pbx1-1794915033.61', 'ended', 1794915077.43, '{"cause": 16}');
INSERT INTO public.facts VALUES (201, 'pbx1-1794918659.39', 'routed', 1794918660.01, '{"linked_id": "pbx1-1794918659.39", "caller_number": "+442079460002", "dialled": "1001", "trunk": "carrier", "sip_call_id": "00000027-golden@carrier", "rung": "live", "segment": "standard", "queue": "", "priority": 0, "action": "voicemail", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (202, 'pbx1-1794918659.39', 'asked', 1794918661.01, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (203, 'pbx1-1794918659.39', 'handled', 1794918663.01, '{"what": "voicemail"}');
INSERT INTO public.facts VALUES (204, 'pbx1-1794918659.39', 'ended', 1794918663.21, '{"cause": 16}');
INSERT INTO public.facts VALUES (205, 'pbx1-1794996037.44', 'routed', 1794996038.016, '{"linked_id": "pbx1-1794996037.44", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002c-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (206, 'pbx1-1794996037.44', 'asked', 1794996038.017, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (207, 'pbx1-1794996037.44', 'routed', 1794996042.036, '{"linked_id": "pbx1-1794996037.44", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002c-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (208, 'pbx1-1794996037.44', 'joined', 1794996042.086, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (209, 'pbx1-1794996037.44', 'rang', 1794996042.186, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (210, 'pbx1-1794996037.44', 'connected', 1794996045.386, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (211, 'pbx1-1794996037.44', 'completed', 1794996085.386, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (212, 'pbx1-1794996037.44', 'ended', 1794996085.586, '{"cause": 16}');
INSERT INTO public.facts VALUES (213, 'pbx1-1794996116.45', 'routed', 1794996116.531, '{"linked_id": "pbx1-1794996116.45", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002d-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (214, 'pbx1-1794996116.45', 'asked', 1794996116.532, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (215, 'pbx1-1794996116.45', 'routed', 1794996120.551, '{"linked_id": "pbx1-1794996116.45", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002d-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (216, 'pbx1-1794996116.45', 'joined', 1794996120.601, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (217, 'pbx1-1794996116.45', 'rang', 1794996120.701, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (218, 'pbx1-1794996116.45', 'connected', 1794996123.901, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (219, 'pbx1-1794996116.45', 'completed', 1794996163.901, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (220, 'pbx1-1794996116.45', 'ended', 1794996164.101, '{"cause": 16}');
INSERT INTO public.facts VALUES (221, 'pbx1-1794996174.46', 'routed', 1794996174.983, '{"linked_id": "pbx1-1794996174.46", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002e-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (222, 'pbx1-1794996174.46', 'asked', 1794996174.984, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (223, 'pbx1-1794996174.46', 'routed', 1794996179.003, '{"linked_id": "pbx1-1794996174.46", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002e-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (224, 'pbx1-1794996174.46', 'joined', 1794996179.053, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (225, 'pbx1-1794996174.46', 'rang', 1794996179.153, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (226, 'pbx1-1794996174.46', 'connected', 1794996182.353, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (227, 'pbx1-1794996174.46', 'completed', 1794996222.353, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (228, 'pbx1-1794996174.46', 'ended', 1794996222.553, '{"cause": 16}');
INSERT INTO public.facts VALUES (309, 'pbx1-1795000244.55', 'asked', 1795000244.815, '{"ask": "number"}');
INSERT INTO public.facts VALUES (229, 'pbx1-1794996212.47', 'routed', 1794996212.422, '{"linked_id": "pbx1-1794996212.47", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002f-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (230, 'pbx1-1794996212.47', 'asked', 1794996212.423, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (231, 'pbx1-1794996212.47', 'routed', 1794996216.442, '{"linked_id": "pbx1-1794996212.47", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000002f-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (232, 'pbx1-1794996212.47', 'ended', 1794996216.642, '{"cause": 16}');
INSERT INTO public.facts VALUES (233, 'pbx1-1794996277.48', 'routed', 1794996277.893, '{"linked_id": "pbx1-1794996277.48", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000030-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (234, 'pbx1-1794996277.48', 'asked', 1794996277.894, '{"ask": "number"}');
INSERT INTO public.facts VALUES (235, 'pbx1-1794996277.48', 'routed', 1794996281.913, '{"linked_id": "pbx1-1794996277.48", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000030-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (236, 'pbx1-1794996277.48', 'asked', 1794996281.914, '{"ask": "number"}');
INSERT INTO public.facts VALUES (237, 'pbx1-1794996277.48', 'routed', 1794996285.933, '{"linked_id": "pbx1-1794996277.48", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000030-golden@carrier", "rung": "live", "segment": "at-risk", "queue": "general-queue", "priority": 55, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (238, 'pbx1-1794996277.48', 'asked', 1794996285.934, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (239, 'pbx1-1794996277.48', 'routed', 1794996289.953, '{"linked_id": "pbx1-1794996277.48", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000030-golden@carrier", "rung": "live", "segment": "at-risk", "queue": "general-queue", "priority": 65, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (240, 'pbx1-1794996277.48', 'joined', 1794996290.003, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (241, 'pbx1-1794996277.48', 'rang', 1794996290.103, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (242, 'pbx1-1794996277.48', 'connected', 1794996293.303, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (243, 'pbx1-1794996277.48', 'completed', 1794996333.303, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (244, 'pbx1-1794996277.48', 'ended', 1794996333.503, '{"cause": 16}');
INSERT INTO public.facts VALUES (245, 'pbx1-1794996302.49', 'routed', 1794996302.511, '{"linked_id": "pbx1-1794996302.49", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000031-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (246, 'pbx1-1794996302.49', 'asked', 1794996302.512, '{"ask": "number"}');
INSERT INTO public.facts VALUES (247, 'pbx1-1794996302.49', 'routed', 1794996306.531, '{"linked_id": "pbx1-1794996302.49", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000031-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (248, 'pbx1-1794996302.49', 'asked', 1794996306.532, '{"ask": "number"}');
INSERT INTO public.facts VALUES (249, 'pbx1-1794996302.49', 'routed', 1794996310.551, '{"linked_id": "pbx1-1794996302.49", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000031-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (250, 'pbx1-1794996302.49', 'asked', 1794996310.552, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (251, 'pbx1-1794996302.49', 'routed', 1794996314.571, '{"linked_id": "pbx1-1794996302.49", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000031-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (252, 'pbx1-1794996302.49', 'joined', 1794996314.621, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (253, 'pbx1-1794996302.49', 'rang', 1794996314.721, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (254, 'pbx1-1794996302.49', 'connected', 1794996317.921, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (255, 'pbx1-1794996302.49', 'completed', 1794996357.921, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (256, 'pbx1-1794996302.49', 'ended', 1794996358.121, '{"cause": 16}');
INSERT INTO public.facts VALUES (257, 'pbx1-1794996375.50', 'routed', 1794996375.781, '{"linked_id": "pbx1-1794996375.50", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000032-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (258, 'pbx1-1794996375.50', 'asked', 1794996375.782, '{"ask": "number"}');
INSERT INTO public.facts VALUES (259, 'pbx1-1794996375.50', 'routed', 1794996379.801, '{"linked_id": "pbx1-1794996375.50", "caller_number": "+442079460198", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000032-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (260, 'pbx1-1794996375.50', 'asked', 1794996380.801, '{"ask": "number"}');
INSERT INTO public.facts VALUES (261, 'pbx1-1794996375.50', 'ended', 1794996381.001, '{"cause": 16}');
INSERT INTO public.facts VALUES (262, 'pbx1-1794996471.51', 'routed', 1794996471.433, '{"linked_id": "pbx1-1794996471.51", "caller_number": "+442079460800", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000033-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (263, 'pbx1-1794996471.51', 'asked', 1794996471.434, '{"ask": "number"}');
INSERT INTO public.facts VALUES (264, 'pbx1-1794996471.51', 'routed', 1794996475.453, '{"linked_id": "pbx1-1794996471.51", "caller_number": "+442079460800", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000033-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (265, 'pbx1-1794996471.51', 'asked', 1794996475.454, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (266, 'pbx1-1794996471.51', 'routed', 1794996479.473, '{"linked_id": "pbx1-1794996471.51", "caller_number": "+442079460800", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000033-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (648, 'pbx2-1795978352.21', 'ended', 1795978353.367065, '{"cause": 16}');
INSERT INTO public.facts VALUES (268, 'pbx1-1794996471.51', 'rang', 1794996479.623, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (269, 'pbx1-1794996471.51', 'connected', 1794996482.823, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (270, 'pbx1-1794996471.51', 'completed', 1794996522.823, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (271, 'pbx1-1794996471.51', 'ended', 1794996523.023, '{"cause": 16}');
INSERT INTO public.facts VALUES (272, 'pbx1-1794996506.52', 'routed', 1794996506.7, '{"linked_id": "pbx1-1794996506.52", "caller_number": "", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000034-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (273, 'pbx1-1794996506.52', 'asked', 1794996506.701, '{"ask": "number"}');
INSERT INTO public.facts VALUES (274, 'pbx1-1794996506.52', 'routed', 1794996510.72, '{"linked_id": "pbx1-1794996506.52", "caller_number": "", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000034-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (275, 'pbx1-1794996506.52', 'asked', 1794996510.721, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (276, 'pbx1-1794996506.52', 'routed', 1794996514.74, '{"linked_id": "pbx1-1794996506.52", "caller_number": "", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000034-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (277, 'pbx1-1794996506.52', 'joined', 1794996514.79, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (278, 'pbx1-1794996506.52', 'rang', 1794996514.89, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (279, 'pbx1-1794996506.52', 'connected', 1794996518.09, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (280, 'pbx1-1794996506.52', 'completed', 1794996558.09, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (281, 'pbx1-1794996506.52', 'ended', 1794996558.29, '{"cause": 16}');
INSERT INTO public.facts VALUES (282, 'pbx1-1794999611.53', 'routed', 1794999611.395, '{"linked_id": "pbx1-1794999611.53", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000035-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (283, 'pbx1-1794999611.53', 'asked', 1794999611.396, '{"ask": "number"}');
INSERT INTO public.facts VALUES (284, 'pbx1-1794999611.53', 'routed', 1794999615.415, '{"linked_id": "pbx1-1794999611.53", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000035-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (285, 'pbx1-1794999611.53', 'asked', 1794999615.416, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (286, 'pbx1-1794999611.53', 'routed', 1794999619.435, '{"linked_id": "pbx1-1794999611.53", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000035-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (287, 'pbx1-1794999611.53', 'asked', 1794999619.436, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (288, 'pbx1-1794999611.53', 'routed', 1794999623.455, '{"linked_id": "pbx1-1794999611.53", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000035-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (289, 'pbx1-1794999611.53', 'joined', 1794999623.505, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (290, 'pbx1-1794999611.53', 'rang', 1794999623.605, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (291, 'pbx1-1794999611.53', 'connected', 1794999626.805, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (292, 'pbx1-1794999611.53', 'completed', 1794999666.805, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (293, 'pbx1-1794999611.53', 'ended', 1794999667.005, '{"cause": 16}');
INSERT INTO public.facts VALUES (294, 'pbx1-1794999935.54', 'routed', 1794999935.923, '{"linked_id": "pbx1-1794999935.54", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000036-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (295, 'pbx1-1794999935.54', 'asked', 1794999935.924, '{"ask": "number"}');
INSERT INTO public.facts VALUES (296, 'pbx1-1794999935.54', 'routed', 1794999939.943, '{"linked_id": "pbx1-1794999935.54", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000036-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (297, 'pbx1-1794999935.54', 'asked', 1794999939.944, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (298, 'pbx1-1794999935.54', 'routed', 1794999943.963, '{"linked_id": "pbx1-1794999935.54", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000036-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (299, 'pbx1-1794999935.54', 'asked', 1794999943.964, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (300, 'pbx1-1794999935.54', 'routed', 1794999947.983, '{"linked_id": "pbx1-1794999935.54", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000036-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (301, 'pbx1-1794999935.54', 'asked', 1794999947.984, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (302, 'pbx1-1794999935.54', 'routed', 1794999952.003, '{"linked_id": "pbx1-1794999935.54", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000036-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (303, 'pbx1-1794999935.54', 'joined', 1794999952.053, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (304, 'pbx1-1794999935.54', 'rang', 1794999952.153, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (305, 'pbx1-1794999935.54', 'connected', 1794999955.353, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (306, 'pbx1-1794999935.54', 'completed', 1794999995.353, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (307, 'pbx1-1794999935.54', 'ended', 1794999995.553, '{"cause": 16}');
INSERT INTO public.facts VALUES (308, 'pbx1-1795000244.55', 'routed', 1795000244.814, '{"linked_id": "pbx1-1795000244.55", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000037-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (310, 'pbx1-1795000244.55', 'routed', 1795000248.834, '{"linked_id": "pbx1-1795000244.55", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000037-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (311, 'pbx1-1795000244.55', 'asked', 1795000248.835, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (312, 'pbx1-1795000244.55', 'routed', 1795000252.854, '{"linked_id": "pbx1-1795000244.55", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000037-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (313, 'pbx1-1795000244.55', 'asked', 1795000252.855, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (314, 'pbx1-1795000244.55', 'routed', 1795000256.874, '{"linked_id": "pbx1-1795000244.55", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000037-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (315, 'pbx1-1795000244.55', 'asked', 1795000256.875, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (316, 'pbx1-1795000244.55', 'routed', 1795000260.894, '{"linked_id": "pbx1-1795000244.55", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000037-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (317, 'pbx1-1795000244.55', 'joined', 1795000260.944, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (318, 'pbx1-1795000244.55', 'rang', 1795000261.044, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (319, 'pbx1-1795000244.55', 'connected', 1795000264.244, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (320, 'pbx1-1795000244.55', 'completed', 1795000304.244, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (321, 'pbx1-1795000244.55', 'ended', 1795000304.444, '{"cause": 16}');
INSERT INTO public.facts VALUES (322, 'pbx1-1795000543.56', 'routed', 1795000543.775, '{"linked_id": "pbx1-1795000543.56", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000038-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (323, 'pbx1-1795000543.56', 'asked', 1795000543.776, '{"ask": "number"}');
INSERT INTO public.facts VALUES (324, 'pbx1-1795000543.56', 'routed', 1795000547.795, '{"linked_id": "pbx1-1795000543.56", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000038-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (325, 'pbx1-1795000543.56', 'asked', 1795000547.796, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (326, 'pbx1-1795000543.56', 'routed', 1795000551.815, '{"linked_id": "pbx1-1795000543.56", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000038-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (327, 'pbx1-1795000543.56', 'asked', 1795000551.816, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (328, 'pbx1-1795000543.56', 'routed', 1795000555.835, '{"linked_id": "pbx1-1795000543.56", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000038-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (329, 'pbx1-1795000543.56', 'joined', 1795000555.885, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (330, 'pbx1-1795000543.56', 'rang', 1795000555.985, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (331, 'pbx1-1795000543.56', 'connected', 1795000559.185, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (332, 'pbx1-1795000543.56', 'completed', 1795000599.185, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (333, 'pbx1-1795000543.56', 'ended', 1795000599.385, '{"cause": 16}');
INSERT INTO public.facts VALUES (334, 'pbx1-1795000823.57', 'routed', 1795000823.108, '{"linked_id": "pbx1-1795000823.57", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000039-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (335, 'pbx1-1795000823.57', 'asked', 1795000823.109, '{"ask": "number"}');
INSERT INTO public.facts VALUES (336, 'pbx1-1795000823.57', 'routed', 1795000827.128, '{"linked_id": "pbx1-1795000823.57", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000039-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (337, 'pbx1-1795000823.57', 'asked', 1795000827.129, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (338, 'pbx1-1795000823.57', 'routed', 1795000831.148, '{"linked_id": "pbx1-1795000823.57", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000039-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (339, 'pbx1-1795000823.57', 'asked', 1795000831.149, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (340, 'pbx1-1795000823.57', 'routed', 1795000835.168, '{"linked_id": "pbx1-1795000823.57", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000039-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (341, 'pbx1-1795000823.57', 'joined', 1795000835.218, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (342, 'pbx1-1795000823.57', 'rang', 1795000835.318, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (343, 'pbx1-1795000823.57', 'connected', 1795000838.518, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (344, 'pbx1-1795000823.57', 'completed', 1795000878.518, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (345, 'pbx1-1795000823.57', 'ended', 1795000878.718, '{"cause": 16}');
INSERT INTO public.facts VALUES (346, 'pbx1-1795001125.62', 'routed', 1795001125.399, '{"linked_id": "pbx1-1795001125.62", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003e-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (347, 'pbx1-1795001125.62', 'asked', 1795001125.4, '{"ask": "number"}');
INSERT INTO public.facts VALUES (348, 'pbx1-1795001125.62', 'routed', 1795001129.419, '{"linked_id": "pbx1-1795001125.62", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003e-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (349, 'pbx1-1795001125.62', 'asked', 1795001129.42, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (350, 'pbx1-1795001125.62', 'routed', 1795001133.439, '{"linked_id": "pbx1-1795001125.62", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003e-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (351, 'pbx1-1795001125.62', 'asked', 1795001133.44, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (352, 'pbx1-1795001125.62', 'routed', 1795001137.459, '{"linked_id": "pbx1-1795001125.62", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003e-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (353, 'pbx1-1795001125.62', 'joined', 1795001137.509, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (354, 'pbx1-1795001125.62', 'rang', 1795001137.609, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (355, 'pbx1-1795001125.62', 'connected', 1795001140.809, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (356, 'pbx1-1795001125.62', 'completed', 1795001180.809, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (357, 'pbx1-1795001125.62', 'ended', 1795001181.009, '{"cause": 16}');
INSERT INTO public.facts VALUES (358, 'pbx1-1795001431.63', 'routed', 1795001431.77, '{"linked_id": "pbx1-1795001431.63", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003f-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (359, 'pbx1-1795001431.63', 'asked', 1795001431.771, '{"ask": "number"}');
INSERT INTO public.facts VALUES (360, 'pbx1-1795001431.63', 'routed', 1795001435.79, '{"linked_id": "pbx1-1795001431.63", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003f-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (361, 'pbx1-1795001431.63', 'asked', 1795001435.791, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (362, 'pbx1-1795001431.63', 'routed', 1795001439.81, '{"linked_id": "pbx1-1795001431.63", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003f-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (363, 'pbx1-1795001431.63', 'asked', 1795001439.811, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (364, 'pbx1-1795001431.63', 'routed', 1795001443.83, '{"linked_id": "pbx1-1795001431.63", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003f-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (365, 'pbx1-1795001431.63', 'asked', 1795001443.831, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (366, 'pbx1-1795001431.63', 'routed', 1795001447.85, '{"linked_id": "pbx1-1795001431.63", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003f-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (367, 'pbx1-1795001431.63', 'joined', 1795001447.9, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (368, 'pbx1-1795001431.63', 'rang', 1795001448, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (369, 'pbx1-1795001431.63', 'connected', 1795001451.2, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (370, 'pbx1-1795001431.63', 'completed', 1795001491.2, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (371, 'pbx1-1795001431.63', 'ended', 1795001491.4, '{"cause": 16}');
INSERT INTO public.facts VALUES (372, 'pbx1-1795001461.64', 'routed', 1795001461.5, '{"linked_id": "pbx1-1795001461.64", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000040-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (373, 'pbx1-1795001461.64', 'asked', 1795001461.501, '{"ask": "number"}');
INSERT INTO public.facts VALUES (374, 'pbx1-1795001461.64', 'routed', 1795001465.52, '{"linked_id": "pbx1-1795001461.64", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000040-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (375, 'pbx1-1795001461.64', 'asked', 1795001465.521, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (376, 'pbx1-1795001461.64', 'routed', 1795001469.54, '{"linked_id": "pbx1-1795001461.64", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000040-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (377, 'pbx1-1795001461.64', 'asked', 1795001469.541, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (378, 'pbx1-1795001461.64', 'routed', 1795001473.56, '{"linked_id": "pbx1-1795001461.64", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000040-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (379, 'pbx1-1795001461.64', 'asked', 1795001473.561, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (380, 'pbx1-1795001461.64', 'routed', 1795001477.58, '{"linked_id": "pbx1-1795001461.64", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000040-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (381, 'pbx1-1795001461.64', 'joined', 1795001477.63, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (382, 'pbx1-1795001461.64', 'rang', 1795001477.73, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (383, 'pbx1-1795001461.64', 'connected', 1795001480.93, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (384, 'pbx1-1795001461.64', 'completed', 1795001520.93, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (385, 'pbx1-1795001461.64', 'ended', 1795001521.13, '{"cause": 16}');
INSERT INTO public.facts VALUES (386, 'pbx1-1795001582.65', 'routed', 1795001582.335, '{"linked_id": "pbx1-1795001582.65", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000041-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (387, 'pbx1-1795001582.65', 'asked', 1795001582.336, '{"ask": "number"}');
INSERT INTO public.facts VALUES (388, 'pbx1-1795001582.65', 'routed', 1795001586.355, '{"linked_id": "pbx1-1795001582.65", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000041-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (389, 'pbx1-1795001582.65', 'asked', 1795001586.356, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (390, 'pbx1-1795001582.65', 'routed', 1795001590.375, '{"linked_id": "pbx1-1795001582.65", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000041-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (391, 'pbx1-1795001582.65', 'asked', 1795001590.376, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (392, 'pbx1-1795001582.65', 'routed', 1795001594.395, '{"linked_id": "pbx1-1795001582.65", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000041-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (393, 'pbx1-1795001582.65', 'joined', 1795001594.445, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (394, 'pbx1-1795001582.65', 'rang', 1795001594.545, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (395, 'pbx1-1795001582.65', 'connected', 1795001597.745, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (396, 'pbx1-1795001582.65', 'completed', 1795001637.745, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (397, 'pbx1-1795001582.65', 'ended', 1795001637.945, '{"cause": 16}');
INSERT INTO public.facts VALUES (398, 'pbx1-1795002028.58', 'routed', 1795002028.699, '{"linked_id": "pbx1-1795002028.58", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003a-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (399, 'pbx1-1795002028.58', 'asked', 1795002028.7, '{"ask": "number"}');
INSERT INTO public.facts VALUES (400, 'pbx1-1795002028.58', 'routed', 1795002032.719, '{"linked_id": "pbx1-1795002028.58", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003a-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (401, 'pbx1-1795002028.58', 'asked', 1795002033.719, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (402, 'pbx1-1795002028.58', 'ended', 1795002033.919, '{"cause": 16}');
INSERT INTO public.facts VALUES (403, 'pbx1-1795002092.59', 'routed', 1795002092.13, '{"linked_id": "pbx1-1795002092.59", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000003b-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (404, 'pbx1-1795002092.59', 'asked', 1795002093.13, '{"ask": "number"}');
INSERT INTO public.facts VALUES (405, 'pbx1-1795002092.59', 'ended', 1795002093.33, '{"cause": 16}');
INSERT INTO public.facts VALUES (406, 'pbx1-1795082439.66', 'routed', 1795082439.627, '{"linked_id": "pbx1-1795082439.66", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000042-golden@carrier", "rung": "snapshot", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (407, 'pbx1-1795082439.66', 'joined', 1795082439.677, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (408, 'pbx1-1795082439.66', 'rang', 1795082439.777, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (409, 'pbx1-1795082439.66', 'connected', 1795082442.977, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (410, 'pbx1-1795082439.66', 'completed', 1795082482.977, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (411, 'pbx1-1795082439.66', 'ended', 1795082483.177, '{"cause": 16}');
INSERT INTO public.facts VALUES (412, 'pbx1-1795082497.67', 'routed', 1795082497.423, '{"linked_id": "pbx1-1795082497.67", "caller_number": "+442079460003", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000043-golden@carrier", "rung": "snapshot", "segment": "at-risk", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (413, 'pbx1-1795082497.67', 'joined', 1795082497.473, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (414, 'pbx1-1795082497.67', 'rang', 1795082497.573, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (415, 'pbx1-1795082497.67', 'connected', 1795082500.773, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (416, 'pbx1-1795082497.67', 'completed', 1795082540.773, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (417, 'pbx1-1795082497.67', 'ended', 1795082540.973, '{"cause": 16}');
INSERT INTO public.facts VALUES (418, 'pbx1-1795082561.68', 'routed', 1795082561.194, '{"linked_id": "pbx1-1795082561.68", "caller_number": "+442079460006", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000044-golden@carrier", "rung": "snapshot", "segment": "standard", "queue": "general-fr", "priority": 20, "action": "queue", "attestation": "A", "test": false}');
INSERT INTO public.facts VALUES (419, 'pbx1-1795082561.68', 'joined', 1795082561.244, '{"queue": "general-fr", "position": 1}');
INSERT INTO public.facts VALUES (420, 'pbx1-1795082561.68', 'rang', 1795082561.344, '{"queue": "general-fr", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (421, 'pbx1-1795082561.68', 'connected', 1795082564.544, '{"queue": "general-fr", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (422, 'pbx1-1795082561.68', 'completed', 1795082604.544, '{"queue": "general-fr", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (423, 'pbx1-1795082561.68', 'ended', 1795082604.744, '{"cause": 16}');
INSERT INTO public.facts VALUES (424, 'pbx1-1795082590.69', 'routed', 1795082590.534, '{"linked_id": "pbx1-1795082590.69", "caller_number": "+442079460004", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000045-golden@carrier", "rung": "snapshot", "segment": "", "queue": "", "priority": 0, "action": "refuse", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (425, 'pbx1-1795082590.69', 'ended', 1795082590.734, '{"cause": 21}');
INSERT INTO public.facts VALUES (426, 'pbx1-1795082654.70', 'routed', 1795082654.032, '{"linked_id": "pbx1-1795082654.70", "caller_number": "+442079460800", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000046-golden@carrier", "rung": "default", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (427, 'pbx1-1795082654.70', 'joined', 1795082654.082, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (428, 'pbx1-1795082654.70', 'rang', 1795082654.182, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (429, 'pbx1-1795082654.70', 'connected', 1795082657.382, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (430, 'pbx1-1795082654.70', 'completed', 1795082697.382, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (431, 'pbx1-1795082654.70', 'ended', 1795082697.582, '{"cause": 16}');
INSERT INTO public.facts VALUES (432, 'pbx1-1795082749.71', 'routed', 1795082749.224, '{"linked_id": "pbx1-1795082749.71", "caller_number": "+442079460199", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000047-golden@carrier", "rung": "default", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (433, 'pbx1-1795082749.71', 'joined', 1795082749.274, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (434, 'pbx1-1795082749.71', 'rang', 1795082749.374, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (435, 'pbx1-1795082749.71', 'connected', 1795082752.574, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (436, 'pbx1-1795082749.71', 'completed', 1795082792.574, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (437, 'pbx1-1795082749.71', 'ended', 1795082792.774, '{"cause": 16}');
INSERT INTO public.facts VALUES (438, 'pbx1-1795083634.72', 'routed', 1795083634.962, '{"linked_id": "pbx1-1795083634.72", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000048-golden@carrier", "rung": "default", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (439, 'pbx1-1795083634.72', 'joined', 1795083635.012, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (440, 'pbx1-1795083634.72', 'rang', 1795083635.112, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (441, 'pbx1-1795083634.72', 'connected', 1795083638.312, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (442, 'pbx1-1795083634.72', 'completed', 1795083678.312, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (443, 'pbx1-1795083634.72', 'ended', 1795083678.512, '{"cause": 16}');
INSERT INTO public.facts VALUES (444, 'pbx1-1795083715.73', 'routed', 1795083715.581, '{"linked_id": "pbx1-1795083715.73", "caller_number": "+442079460001", "dialled": "1001", "trunk": "carrier", "sip_call_id": "00000049-golden@carrier", "rung": "default", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (445, 'pbx1-1795083715.73', 'joined', 1795083715.631, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (446, 'pbx1-1795083715.73', 'rang', 1795083715.731, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (447, 'pbx1-1795083715.73', 'connected', 1795083718.931, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (448, 'pbx1-1795083715.73', 'completed', 1795083758.931, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (449, 'pbx1-1795083715.73', 'ended', 1795083759.131, '{"cause": 16}');
INSERT INTO public.facts VALUES (450, 'pbx1-1795084854.91', 'routed', 1795084822.47, '{"linked_id": "pbx1-1.91", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "alone-1@carrier", "rung": "dialplan", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (451, 'pbx1-1795084854.91', 'joined', 1795084822.57, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (452, 'pbx1-1795084854.91', 'ended', 1795084831.47, '{"cause": 16}');
INSERT INTO public.facts VALUES (453, 'pbx1-1795084814.90', 'routed', 1795084832.352, '{"linked_id": "pbx1-1.90", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "alone-0@carrier", "rung": "remembered", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (454, 'pbx1-1795084814.90', 'joined', 1795084832.452, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (455, 'pbx1-1795084814.90', 'ended', 1795084841.352, '{"cause": 16}');
INSERT INTO public.facts VALUES (456, 'pbx1-1795170627.40', 'routed', 1795170627.539, '{"linked_id": "pbx1-1795170627.40", "caller_number": "+442079460001", "dialled": "1001", "trunk": "carrier", "sip_call_id": "00000028-golden@carrier", "rung": "live", "segment": "premium", "queue": "", "priority": 0, "action": "voicemail", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (457, 'pbx1-1795170627.40', 'handled', 1795170629.539, '{"what": "message"}');
INSERT INTO public.facts VALUES (458, 'pbx1-1795170627.40', 'ended', 1795170629.739, '{"cause": 16}');
INSERT INTO public.facts VALUES (459, 'pbx1-1795170702.42', 'routed', 1795170702.214, '{"linked_id": "pbx1-1795170702.42", "caller_number": "+442079460006", "dialled": "1001", "trunk": "carrier", "sip_call_id": "0000002a-golden@carrier", "rung": "live", "segment": "vip", "queue": "premium", "priority": 0, "action": "queue", "attestation": "A", "test": false}');
INSERT INTO public.facts VALUES (460, 'pbx1-1795170702.42', 'joined', 1795170702.264, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (461, 'pbx1-1795170702.42', 'rang', 1795170702.364, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (462, 'pbx1-1795170702.42', 'connected', 1795170705.564, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (463, 'pbx1-1795170702.42', 'completed', 1795170745.564, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (464, 'pbx1-1795170702.42', 'ended', 1795170745.764, '{"cause": 16}');
INSERT INTO public.facts VALUES (465, 'pbx1-1795257079.43', 'routed', 1795257079.31, '{"linked_id": "pbx1-1795257079.43", "caller_number": "+442079460013", "dialled": "1001", "trunk": "carrier", "sip_call_id": "0000002b-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (466, 'pbx1-1795257079.43', 'joined', 1795257079.36, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (467, 'pbx1-1795257079.43', 'rang', 1795257079.46, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (468, 'pbx1-1795257079.43', 'connected', 1795257082.66, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (469, 'pbx1-1795257079.43', 'completed', 1795257122.66, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (470, 'pbx1-1795257079.43', 'ended', 1795257122.86, '{"cause": 16}');
INSERT INTO public.facts VALUES (471, 'pbx1-1795428042.74', 'routed', 1795428042.581, '{"linked_id": "pbx1-1795428042.74", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000004a-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (472, 'pbx1-1795428042.74', 'joined', 1795428042.631, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (473, 'pbx1-1795428042.74', 'rang', 1795428042.731, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (474, 'pbx1-1795428042.74', 'connected', 1795428045.931, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (475, 'pbx1-1795428042.74', 'completed', 1795428085.931, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (476, 'pbx1-1795428042.74', 'ended', 1795428086.131, '{"cause": 16}');
INSERT INTO public.facts VALUES (477, 'pbx1-1795428098.75', 'routed', 1795428099, '{"linked_id": "pbx1-1795428098.75", "caller_number": "+442079460021", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004b-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (478, 'pbx1-1795428098.75', 'asked', 1795428099.001, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (479, 'pbx1-1795428098.75', 'routed', 1795428103.02, '{"linked_id": "pbx1-1795428098.75", "caller_number": "+442079460021", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004b-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (480, 'pbx1-1795428098.75', 'asked', 1795428103.021, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (481, 'pbx1-1795428098.75', 'routed', 1795428107.04, '{"linked_id": "pbx1-1795428098.75", "caller_number": "+442079460021", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004b-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (482, 'pbx1-1795428098.75', 'joined', 1795428107.09, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (483, 'pbx1-1795428098.75', 'rang', 1795428107.19, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (484, 'pbx1-1795428098.75', 'connected', 1795428110.39, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (485, 'pbx1-1795428098.75', 'completed', 1795428150.39, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (486, 'pbx1-1795428098.75', 'ended', 1795428150.59, '{"cause": 16}');
INSERT INTO public.facts VALUES (487, 'pbx1-1795428166.76', 'routed', 1795428166.025, '{"linked_id": "pbx1-1795428166.76", "caller_number": "+442079460022", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004c-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (488, 'pbx1-1795428166.76', 'asked', 1795428166.026, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (489, 'pbx1-1795428166.76', 'routed', 1795428170.045, '{"linked_id": "pbx1-1795428166.76", "caller_number": "+442079460022", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004c-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (490, 'pbx1-1795428166.76', 'asked', 1795428170.046, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (491, 'pbx1-1795428166.76', 'routed', 1795428174.065, '{"linked_id": "pbx1-1795428166.76", "caller_number": "+442079460022", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004c-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 105, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (492, 'pbx1-1795428166.76', 'asked', 1795428174.066, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (493, 'pbx1-1795428166.76', 'routed', 1795428178.085, '{"linked_id": "pbx1-1795428166.76", "caller_number": "+442079460022", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004c-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 115, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (494, 'pbx1-1795428166.76', 'joined', 1795428178.135, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (495, 'pbx1-1795428166.76', 'rang', 1795428178.235, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (496, 'pbx1-1795428166.76', 'connected', 1795428181.435, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (497, 'pbx1-1795428166.76', 'completed', 1795428221.435, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (498, 'pbx1-1795428166.76', 'ended', 1795428221.635, '{"cause": 16}');
INSERT INTO public.facts VALUES (499, 'pbx1-1795428204.77', 'routed', 1795428204.822, '{"linked_id": "pbx1-1795428204.77", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004d-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (500, 'pbx1-1795428204.77', 'asked', 1795428204.823, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (501, 'pbx1-1795428204.77', 'routed', 1795428208.842, '{"linked_id": "pbx1-1795428204.77", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "0000004d-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 20, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (502, 'pbx1-1795428204.77', 'joined', 1795428208.892, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (503, 'pbx1-1795428204.77', 'rang', 1795428208.992, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (504, 'pbx1-1795428204.77', 'connected', 1795428212.192, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (505, 'pbx1-1795428204.77', 'completed', 1795428252.192, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (506, 'pbx1-1795428204.77', 'ended', 1795428252.392, '{"cause": 16}');
INSERT INTO public.facts VALUES (507, 'pbx1-1795428294.78', 'routed', 1795428294.86, '{"linked_id": "pbx1-1795428294.78", "caller_number": "+442079460002", "dialled": "1002", "trunk": "carrier", "sip_call_id": "0000004e-golden@carrier", "rung": "live", "segment": "frequent", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (508, 'pbx1-1795428294.78', 'joined', 1795428294.91, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (509, 'pbx1-1795428294.78', 'rang', 1795428295.01, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (510, 'pbx1-1795428294.78', 'connected', 1795428298.21, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (511, 'pbx1-1795428294.78', 'completed', 1795428338.21, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (512, 'pbx1-1795428294.78', 'ended', 1795428338.41, '{"cause": 16}');
INSERT INTO public.facts VALUES (513, 'pbx1-1795514447.79', 'routed', 1795514447.544, '{"linked_id": "pbx1-1795514447.79", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0000004f-golden@carrier", "rung": "live", "segment": "premium", "queue": "premium", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (514, 'pbx1-1795514447.79', 'joined', 1795514447.594, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (515, 'pbx1-1795514447.79', 'rang', 1795514447.694, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (516, 'pbx1-1795514447.79', 'connected', 1795514450.894, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (517, 'pbx1-1795514447.79', 'completed', 1795514490.894, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (518, 'pbx1-1795514447.79', 'ended', 1795514491.094, '{"cause": 16}');
INSERT INTO public.facts VALUES (519, 'pbx1-1795600833.80', 'routed', 1795600833.816, '{"linked_id": "pbx1-1795600833.80", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000050-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (520, 'pbx1-1795600833.80', 'joined', 1795600833.866, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (521, 'pbx1-1795600833.80', 'rang', 1795600833.966, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (522, 'pbx1-1795600833.80', 'connected', 1795600837.166, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (523, 'pbx1-1795600833.80', 'completed', 1795600877.166, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (524, 'pbx1-1795600833.80', 'ended', 1795600877.366, '{"cause": 16}');
INSERT INTO public.facts VALUES (525, 'pbx1-1795601135.81', 'routed', 1795601135.23, '{"linked_id": "pbx1-1795601135.81", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000051-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (526, 'pbx1-1795601135.81', 'joined', 1795601135.28, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (527, 'pbx1-1795601135.81', 'rang', 1795601135.38, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (528, 'pbx1-1795601135.81', 'connected', 1795601138.58, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (529, 'pbx1-1795601135.81', 'completed', 1795601178.58, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (530, 'pbx1-1795601135.81', 'ended', 1795601178.78, '{"cause": 16}');
INSERT INTO public.facts VALUES (531, 'pbx1-1795687503.82', 'routed', 1795687503.512, '{"linked_id": "pbx1-1795687503.82", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "00000052-golden@carrier", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (532, 'pbx1-1795687503.82', 'joined', 1795687503.562, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (533, 'pbx1-1795687503.82', 'rang', 1795687503.662, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (534, 'pbx1-1795687503.82', 'connected', 1795687506.862, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (535, 'pbx1-1795687503.82', 'completed', 1795687546.862, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (536, 'pbx1-1795687503.82', 'ended', 1795687547.062, '{"cause": 16}');
INSERT INTO public.facts VALUES (537, 'pbx1-1795690855.83', 'routed', 1795690855.393, '{"linked_id": "pbx1-1795690855.83", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000053-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (538, 'pbx1-1795690855.83', 'asked', 1795690855.394, '{"ask": "number"}');
INSERT INTO public.facts VALUES (539, 'pbx1-1795690855.83', 'routed', 1795690859.413, '{"linked_id": "pbx1-1795690855.83", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000053-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (540, 'pbx1-1795690855.83', 'asked', 1795690859.414, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (541, 'pbx1-1795690855.83', 'routed', 1795690863.433, '{"linked_id": "pbx1-1795690855.83", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000053-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (542, 'pbx1-1795690855.83', 'asked', 1795690863.434, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (543, 'pbx1-1795690855.83', 'routed', 1795690867.453, '{"linked_id": "pbx1-1795690855.83", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000053-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (544, 'pbx1-1795690855.83', 'asked', 1795690867.454, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (545, 'pbx1-1795690855.83', 'routed', 1795690871.473, '{"linked_id": "pbx1-1795690855.83", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000053-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (546, 'pbx1-1795690855.83', 'joined', 1795690871.523, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (547, 'pbx1-1795690855.83', 'rang', 1795690871.623, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (548, 'pbx1-1795690855.83', 'connected', 1795690874.823, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (549, 'pbx1-1795690855.83', 'completed', 1795690914.823, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (550, 'pbx1-1795690855.83', 'ended', 1795690915.023, '{"cause": 16}');
INSERT INTO public.facts VALUES (551, 'pbx1-1795690896.84', 'routed', 1795690896.587, '{"linked_id": "pbx1-1795690896.84", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000054-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (552, 'pbx1-1795690896.84', 'asked', 1795690896.588, '{"ask": "number"}');
INSERT INTO public.facts VALUES (553, 'pbx1-1795690896.84', 'routed', 1795690900.607, '{"linked_id": "pbx1-1795690896.84", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000054-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (554, 'pbx1-1795690896.84', 'asked', 1795690900.608, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (555, 'pbx1-1795690896.84', 'routed', 1795690904.627, '{"linked_id": "pbx1-1795690896.84", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000054-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (556, 'pbx1-1795690896.84', 'asked', 1795690904.628, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (557, 'pbx1-1795690896.84', 'routed', 1795690908.647, '{"linked_id": "pbx1-1795690896.84", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000054-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (558, 'pbx1-1795690896.84', 'asked', 1795690908.648, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (559, 'pbx1-1795690896.84', 'routed', 1795690912.667, '{"linked_id": "pbx1-1795690896.84", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000054-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (560, 'pbx1-1795690896.84', 'joined', 1795690912.717, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (561, 'pbx1-1795690896.84', 'rang', 1795690912.817, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (562, 'pbx1-1795690896.84', 'connected', 1795690916.017, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (563, 'pbx1-1795690896.84', 'completed', 1795690956.017, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (564, 'pbx1-1795690896.84', 'ended', 1795690956.217, '{"cause": 16}');
INSERT INTO public.facts VALUES (565, 'pbx1-1795690932.85', 'routed', 1795690932.983, '{"linked_id": "pbx1-1795690932.85", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000055-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (566, 'pbx1-1795690932.85', 'asked', 1795690932.984, '{"ask": "number"}');
INSERT INTO public.facts VALUES (567, 'pbx1-1795690932.85', 'routed', 1795690937.003, '{"linked_id": "pbx1-1795690932.85", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000055-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (568, 'pbx1-1795690932.85', 'asked', 1795690937.004, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (569, 'pbx1-1795690932.85', 'routed', 1795690941.023, '{"linked_id": "pbx1-1795690932.85", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000055-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (570, 'pbx1-1795690932.85', 'asked', 1795690941.024, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (571, 'pbx1-1795690932.85', 'routed', 1795690945.043, '{"linked_id": "pbx1-1795690932.85", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000055-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (572, 'pbx1-1795690932.85', 'asked', 1795690945.044, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (573, 'pbx1-1795690932.85', 'routed', 1795690949.063, '{"linked_id": "pbx1-1795690932.85", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000055-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 15, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (574, 'pbx1-1795690932.85', 'joined', 1795690949.113, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (575, 'pbx1-1795690932.85', 'rang', 1795690949.213, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (576, 'pbx1-1795690932.85', 'connected', 1795690952.413, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (577, 'pbx1-1795690932.85', 'completed', 1795690992.413, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (578, 'pbx1-1795690932.85', 'ended', 1795690992.613, '{"cause": 16}');
INSERT INTO public.facts VALUES (579, 'pbx1-1795691432.86', 'routed', 1795691432.443, '{"linked_id": "pbx1-1795691432.86", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000056-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (580, 'pbx1-1795691432.86', 'asked', 1795691432.444, '{"ask": "number"}');
INSERT INTO public.facts VALUES (581, 'pbx1-1795691432.86', 'routed', 1795691436.463, '{"linked_id": "pbx1-1795691432.86", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000056-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (582, 'pbx1-1795691432.86', 'asked', 1795691436.464, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (583, 'pbx1-1795691432.86', 'routed', 1795691440.483, '{"linked_id": "pbx1-1795691432.86", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000056-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (584, 'pbx1-1795691432.86', 'asked', 1795691440.484, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (585, 'pbx1-1795691432.86', 'routed', 1795691444.503, '{"linked_id": "pbx1-1795691432.86", "caller_number": "+442079460197", "dialled": "1003", "trunk": "carrier", "sip_call_id": "00000056-golden@carrier", "rung": "live", "segment": "", "queue": "general-queue", "priority": 0, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (586, 'pbx1-1795691432.86', 'joined', 1795691444.553, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (587, 'pbx1-1795691432.86', 'rang', 1795691444.653, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (588, 'pbx1-1795691432.86', 'connected', 1795691447.853, '{"queue": "general-queue", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 3}');
INSERT INTO public.facts VALUES (589, 'pbx1-1795691432.86', 'completed', 1795691487.853, '{"queue": "general-queue", "agent": "Anna Berg", "talk_seconds": 40, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (590, 'pbx1-1795691432.86', 'ended', 1795691488.053, '{"cause": 16}');
INSERT INTO public.facts VALUES (591, 'pbx2-1795978296.0', 'routed', 1795978296.457916, '{"linked_id": "pbx2-1795978296.0", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "45c85a11-2e8a-463e-a23f-a785d933d97e", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (592, 'pbx2-1795978296.0', 'joined', 1795978296.490888, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (593, 'pbx2-1795978296.0', 'rang', 1795978296.496244, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (594, 'pbx2-1795978296.0', 'connected', 1795978296.712706, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (595, 'pbx2-1795978296.0', 'completed', 1795978297.218066, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (596, 'pbx2-1795978296.0', 'ended', 1795978297.218079, '{"cause": 16}');
INSERT INTO public.facts VALUES (597, 'pbx2-1795978299.2', 'routed', 1795978299.119126, '{"linked_id": "pbx2-1795978299.2", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "de6b8646-781d-4bd6-a5e2-ae0792e60aef", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (598, 'pbx2-1795978299.2', 'joined', 1795978299.950293, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (599, 'pbx2-1795978299.2', 'rang', 1795978299.950422, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (600, 'pbx2-1795978299.2', 'connected', 1795978300.150545, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (601, 'pbx2-1795978299.2', 'completed', 1795978300.654638, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (602, 'pbx2-1795978299.2', 'ended', 1795978300.655645, '{"cause": 16}');
INSERT INTO public.facts VALUES (603, 'pbx2-1795978302.4', 'routed', 1795978302.521978, '{"linked_id": "pbx2-1795978302.4", "caller_number": "+442079460003", "dialled": "1000", "trunk": "carrier", "sip_call_id": "e74fb5a0-1459-4970-8817-157b004ebec4", "rung": "live", "segment": "at-risk", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (604, 'pbx2-1795978302.4', 'joined', 1795978303.343522, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (605, 'pbx2-1795978302.4', 'rang', 1795978303.346541, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (606, 'pbx2-1795978302.4', 'connected', 1795978303.560689, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (607, 'pbx2-1795978302.4', 'completed', 1795978304.072396, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (608, 'pbx2-1795978302.4', 'ended', 1795978304.072453, '{"cause": 16}');
INSERT INTO public.facts VALUES (609, 'pbx2-1795978305.6', 'routed', 1795978305.885769, '{"linked_id": "pbx2-1795978305.6", "caller_number": "+442079460004", "dialled": "1000", "trunk": "carrier", "sip_call_id": "e659252e-309a-4ddf-827b-c6d8c4fc97fc", "rung": "live", "segment": "premium", "queue": "", "priority": 0, "action": "refuse", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (610, 'pbx2-1795978305.6', 'ended', 1795978310.849001, '{"cause": 21}');
INSERT INTO public.facts VALUES (611, 'pbx2-1795978312.7', 'routed', 1795978312.786993, '{"linked_id": "pbx2-1795978312.7", "caller_number": "+12025550199", "dialled": "1000", "trunk": "carrier", "sip_call_id": "940e7744-72f9-43d0-885e-d0bd188b705a", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (612, 'pbx2-1795978312.7', 'joined', 1795978313.613931, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (613, 'pbx2-1795978312.7', 'rang', 1795978313.618028, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (614, 'pbx2-1795978312.7', 'connected', 1795978313.824181, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (615, 'pbx2-1795978312.7', 'ended', 1795978314.32947, '{"cause": 16}');
INSERT INTO public.facts VALUES (616, 'pbx2-1795978312.7', 'completed', 1795978314.330551, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (617, 'pbx2-1795978319.11', 'routed', 1795978319.456877, '{"linked_id": "pbx2-1795978319.11", "caller_number": "+12025550110", "dialled": "1000", "trunk": "carrier", "sip_call_id": "968806ac-2c6d-41a4-be47-1d6067e89aac", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (618, 'pbx2-1795978319.11', 'joined', 1795978320.287029, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (619, 'pbx2-1795978319.11', 'rang', 1795978320.287124, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (620, 'pbx2-1795978319.11', 'connected', 1795978320.511348, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (621, 'pbx2-1795978319.11', 'completed', 1795978321.015539, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (622, 'pbx2-1795978319.11', 'ended', 1795978321.01604, '{"cause": 16}');
INSERT INTO public.facts VALUES (623, 'pbx2-1795978326.15', 'routed', 1795978326.183237, '{"linked_id": "pbx2-1795978326.15", "caller_number": "+442079460002", "dialled": "1001", "trunk": "carrier", "sip_call_id": "fde32332-4612-48ac-9f70-de0fa4771c0a", "rung": "live", "segment": "standard", "queue": "", "priority": 0, "action": "voicemail", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (624, 'pbx2-1795978326.15', 'asked', 1795978327.006531, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (625, 'pbx2-1795978326.15', 'handled', 1795978339.010999, '{"what": "voicemail"}');
INSERT INTO public.facts VALUES (626, 'pbx2-1795978326.15', 'ended', 1795978339.011025, '{"cause": 16}');
INSERT INTO public.facts VALUES (627, 'pbx2-1795978340.16', 'routed', 1795978340.818621, '{"linked_id": "pbx2-1795978340.16", "caller_number": "+442079460002", "dialled": "1001", "trunk": "carrier", "sip_call_id": "62cfd285-cfb1-4d27-942a-d7c3917ad129", "rung": "live", "segment": "standard", "queue": "", "priority": 0, "action": "voicemail", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (628, 'pbx2-1795978340.16', 'asked', 1795978341.646594, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (629, 'pbx2-1795978340.16', 'ended', 1795978341.650358, '{"cause": 16}');
INSERT INTO public.facts VALUES (630, 'pbx2-1795978343.17', 'routed', 1795978343.430272, '{"linked_id": "pbx2-1795978343.17", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "fb7afdf5-7513-4cac-ba0c-d0a5a97323f7", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (631, 'pbx2-1795978343.17', 'asked', 1795978343.453136, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (632, 'pbx2-1795978343.17', 'routed', 1795978343.564337, '{"linked_id": "pbx2-1795978343.17", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "fb7afdf5-7513-4cac-ba0c-d0a5a97323f7", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (633, 'pbx2-1795978343.17', 'joined', 1795978346.2085, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (634, 'pbx2-1795978343.17', 'rang', 1795978346.210586, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (635, 'pbx2-1795978343.17', 'connected', 1795978346.415324, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (636, 'pbx2-1795978343.17', 'ended', 1795978346.418089, '{"cause": 16}');
INSERT INTO public.facts VALUES (637, 'pbx2-1795978343.17', 'completed', 1795978346.418102, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (638, 'pbx2-1795978348.19', 'routed', 1795978348.097072, '{"linked_id": "pbx2-1795978348.19", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "4f2c16a5-0139-476b-88da-cc159f1c2919", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (639, 'pbx2-1795978348.19', 'asked', 1795978348.123479, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (640, 'pbx2-1795978348.19', 'routed', 1795978348.233699, '{"linked_id": "pbx2-1795978348.19", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "4f2c16a5-0139-476b-88da-cc159f1c2919", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 20, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (641, 'pbx2-1795978348.19', 'joined', 1795978350.874747, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (642, 'pbx2-1795978348.19', 'rang', 1795978350.878953, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (643, 'pbx2-1795978348.19', 'connected', 1795978351.088859, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (644, 'pbx2-1795978348.19', 'completed', 1795978351.096502, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (645, 'pbx2-1795978348.19', 'ended', 1795978351.097583, '{"cause": 16}');
INSERT INTO public.facts VALUES (646, 'pbx2-1795978352.21', 'routed', 1795978352.836424, '{"linked_id": "pbx2-1795978352.21", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "fd73a8d7-e3d2-41c1-ae9d-d39831ad000f", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (647, 'pbx2-1795978352.21', 'asked', 1795978352.858642, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (649, 'pbx2-1795978378.24', 'routed', 1795978378.584618, '{"linked_id": "pbx2-1795978378.24", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "417ed98f-03a8-49e7-8a72-07a3b2f62908", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (650, 'pbx2-1795978378.24', 'asked', 1795978378.610044, '{"ask": "number"}');
INSERT INTO public.facts VALUES (651, 'pbx2-1795978378.24', 'routed', 1795978381.162068, '{"linked_id": "pbx2-1795978378.24", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "417ed98f-03a8-49e7-8a72-07a3b2f62908", "rung": "live", "segment": "at-risk", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (652, 'pbx2-1795978378.24', 'asked', 1795978381.162137, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (653, 'pbx2-1795978378.24', 'routed', 1795978381.466726, '{"linked_id": "pbx2-1795978378.24", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "417ed98f-03a8-49e7-8a72-07a3b2f62908", "rung": "live", "segment": "at-risk", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (654, 'pbx2-1795978378.24', 'joined', 1795978384.104356, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (655, 'pbx2-1795978378.24', 'rang', 1795978384.10775, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (656, 'pbx2-1795978378.24', 'connected', 1795978384.317367, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (657, 'pbx2-1795978378.24', 'completed', 1795978384.320653, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (658, 'pbx2-1795978378.24', 'ended', 1795978384.325518, '{"cause": 16}');
INSERT INTO public.facts VALUES (659, 'pbx2-1795978386.26', 'routed', 1795978386.301774, '{"linked_id": "pbx2-1795978386.26", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "729e70a3-1e8e-4587-9eaf-9d79776e3d20", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (660, 'pbx2-1795978386.26', 'asked', 1795978386.330787, '{"ask": "number"}');
INSERT INTO public.facts VALUES (661, 'pbx2-1795978386.26', 'routed', 1795978387.361337, '{"linked_id": "pbx2-1795978386.26", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "729e70a3-1e8e-4587-9eaf-9d79776e3d20", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (662, 'pbx2-1795978386.26', 'asked', 1795978387.361893, '{"ask": "number"}');
INSERT INTO public.facts VALUES (663, 'pbx2-1795978386.26', 'routed', 1795978390.100633, '{"linked_id": "pbx2-1795978386.26", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "729e70a3-1e8e-4587-9eaf-9d79776e3d20", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (664, 'pbx2-1795978386.26', 'asked', 1795978390.101246, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (665, 'pbx2-1795978386.26', 'routed', 1795978390.413198, '{"linked_id": "pbx2-1795978386.26", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "729e70a3-1e8e-4587-9eaf-9d79776e3d20", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (666, 'pbx2-1795978386.26', 'joined', 1795978393.054382, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (667, 'pbx2-1795978386.26', 'rang', 1795978393.057222, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (668, 'pbx2-1795978386.26', 'connected', 1795978393.266755, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (669, 'pbx2-1795978386.26', 'completed', 1795978393.276944, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (670, 'pbx2-1795978386.26', 'ended', 1795978393.280757, '{"cause": 16}');
INSERT INTO public.facts VALUES (671, 'pbx2-1795978395.28', 'routed', 1795978395.098851, '{"linked_id": "pbx2-1795978395.28", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "62c2373f-492b-4571-9256-6d4bc09a221f", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (672, 'pbx2-1795978395.28', 'asked', 1795978395.124454, '{"ask": "number"}');
INSERT INTO public.facts VALUES (673, 'pbx2-1795978395.28', 'routed', 1795978396.139341, '{"linked_id": "pbx2-1795978395.28", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "62c2373f-492b-4571-9256-6d4bc09a221f", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (674, 'pbx2-1795978395.28', 'asked', 1795978396.139413, '{"ask": "number"}');
INSERT INTO public.facts VALUES (675, 'pbx2-1795978395.28', 'routed', 1795978397.3586, '{"linked_id": "pbx2-1795978395.28", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "62c2373f-492b-4571-9256-6d4bc09a221f", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (676, 'pbx2-1795978395.28', 'asked', 1795978397.358702, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (677, 'pbx2-1795978395.28', 'routed', 1795978397.664642, '{"linked_id": "pbx2-1795978395.28", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "62c2373f-492b-4571-9256-6d4bc09a221f", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (678, 'pbx2-1795978395.28', 'joined', 1795978400.306869, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (679, 'pbx2-1795978395.28', 'rang', 1795978400.308734, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (680, 'pbx2-1795978395.28', 'connected', 1795978400.51716, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (681, 'pbx2-1795978395.28', 'completed', 1795978400.521319, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (682, 'pbx2-1795978395.28', 'ended', 1795978400.523216, '{"cause": 16}');
INSERT INTO public.facts VALUES (683, 'pbx2-1795978404.30', 'routed', 1795978404.237747, '{"linked_id": "pbx2-1795978404.30", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "f529fba4-c150-4f49-8813-605734135af5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (684, 'pbx2-1795978404.30', 'asked', 1795978404.269216, '{"ask": "number"}');
INSERT INTO public.facts VALUES (685, 'pbx2-1795978404.30', 'routed', 1795978426.633603, '{"linked_id": "pbx2-1795978404.30", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "f529fba4-c150-4f49-8813-605734135af5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (686, 'pbx2-1795978404.30', 'asked', 1795978426.633722, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (817, 'pbx2-1795978720.100', 'joined', 1795978720.098705, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (687, 'pbx2-1795978404.30', 'routed', 1795978445.405645, '{"linked_id": "pbx2-1795978404.30", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "f529fba4-c150-4f49-8813-605734135af5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (688, 'pbx2-1795978404.30', 'joined', 1795978448.090821, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (689, 'pbx2-1795978404.30', 'rang', 1795978448.122575, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (690, 'pbx2-1795978404.30', 'connected', 1795978448.342817, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (691, 'pbx2-1795978404.30', 'completed', 1795978448.375158, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (692, 'pbx2-1795978404.30', 'ended', 1795978448.375231, '{"cause": 16}');
INSERT INTO public.facts VALUES (693, 'pbx2-1795978451.32', 'routed', 1795978451.061525, '{"linked_id": "pbx2-1795978451.32", "caller_number": "+12025550110", "dialled": "1003", "trunk": "carrier", "sip_call_id": "e9ca94cc-c08f-45c5-8de4-7cdce4499286", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (694, 'pbx2-1795978451.32', 'asked', 1795978451.086154, '{"ask": "number"}');
INSERT INTO public.facts VALUES (695, 'pbx2-1795978451.32', 'routed', 1795978453.688769, '{"linked_id": "pbx2-1795978451.32", "caller_number": "+12025550110", "dialled": "1003", "trunk": "carrier", "sip_call_id": "e9ca94cc-c08f-45c5-8de4-7cdce4499286", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (696, 'pbx2-1795978451.32', 'joined', 1795978453.698622, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (697, 'pbx2-1795978451.32', 'rang', 1795978453.704994, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (698, 'pbx2-1795978451.32', 'connected', 1795978453.927208, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (699, 'pbx2-1795978451.32', 'completed', 1795978453.930988, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (700, 'pbx2-1795978451.32', 'ended', 1795978453.934503, '{"cause": 16}');
INSERT INTO public.facts VALUES (701, 'pbx2-1795978456.34', 'routed', 1795978456.594334, '{"linked_id": "pbx2-1795978456.34", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "3ce3cabd-82c5-47c8-9389-0fda2020bd10", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (702, 'pbx2-1795978456.34', 'asked', 1795978456.648256, '{"ask": "number"}');
INSERT INTO public.facts VALUES (703, 'pbx2-1795978456.34', 'routed', 1795978459.216466, '{"linked_id": "pbx2-1795978456.34", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "3ce3cabd-82c5-47c8-9389-0fda2020bd10", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (704, 'pbx2-1795978456.34', 'asked', 1795978459.216799, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (705, 'pbx2-1795978456.34', 'routed', 1795978460.799039, '{"linked_id": "pbx2-1795978456.34", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "3ce3cabd-82c5-47c8-9389-0fda2020bd10", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (706, 'pbx2-1795978456.34', 'joined', 1795978460.801928, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (707, 'pbx2-1795978456.34', 'rang', 1795978460.804196, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (708, 'pbx2-1795978456.34', 'connected', 1795978461.021613, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (709, 'pbx2-1795978456.34', 'completed', 1795978461.024605, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (710, 'pbx2-1795978456.34', 'ended', 1795978461.02833, '{"cause": 16}');
INSERT INTO public.facts VALUES (711, 'pbx2-1795978463.36', 'routed', 1795978463.423086, '{"linked_id": "pbx2-1795978463.36", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "ec769b98-c6cf-4402-abd6-c4dc799185ab", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (712, 'pbx2-1795978463.36', 'asked', 1795978463.472317, '{"ask": "number"}');
INSERT INTO public.facts VALUES (713, 'pbx2-1795978463.36', 'routed', 1795978466.094645, '{"linked_id": "pbx2-1795978463.36", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "ec769b98-c6cf-4402-abd6-c4dc799185ab", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (714, 'pbx2-1795978463.36', 'asked', 1795978466.094781, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (715, 'pbx2-1795978463.36', 'routed', 1795978467.615944, '{"linked_id": "pbx2-1795978463.36", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "ec769b98-c6cf-4402-abd6-c4dc799185ab", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (716, 'pbx2-1795978463.36', 'asked', 1795978467.616041, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (717, 'pbx2-1795978463.36', 'routed', 1795978482.471319, '{"linked_id": "pbx2-1795978463.36", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "ec769b98-c6cf-4402-abd6-c4dc799185ab", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (718, 'pbx2-1795978463.36', 'asked', 1795978482.471405, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (719, 'pbx2-1795978463.36', 'routed', 1795978482.582529, '{"linked_id": "pbx2-1795978463.36", "caller_number": "+12025550199", "dialled": "1003", "trunk": "carrier", "sip_call_id": "ec769b98-c6cf-4402-abd6-c4dc799185ab", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (720, 'pbx2-1795978463.36', 'joined', 1795978485.225267, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (721, 'pbx2-1795978463.36', 'rang', 1795978485.228872, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (722, 'pbx2-1795978463.36', 'connected', 1795978485.436073, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (723, 'pbx2-1795978463.36', 'completed', 1795978485.440803, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (724, 'pbx2-1795978463.36', 'ended', 1795978485.442935, '{"cause": 16}');
INSERT INTO public.facts VALUES (725, 'pbx2-1795978488.38', 'routed', 1795978488.071421, '{"linked_id": "pbx2-1795978488.38", "caller_number": "+12025550191", "dialled": "1003", "trunk": "carrier", "sip_call_id": "29503bcc-f4f7-4104-b18c-7622d06d42e5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (726, 'pbx2-1795978488.38', 'asked', 1795978488.101512, '{"ask": "number"}');
INSERT INTO public.facts VALUES (818, 'pbx2-1795978720.100', 'left', 1795978723.099186, '{"queue": "premium", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (727, 'pbx2-1795978488.38', 'routed', 1795978490.660398, '{"linked_id": "pbx2-1795978488.38", "caller_number": "+12025550191", "dialled": "1003", "trunk": "carrier", "sip_call_id": "29503bcc-f4f7-4104-b18c-7622d06d42e5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (728, 'pbx2-1795978488.38', 'asked', 1795978490.660505, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (729, 'pbx2-1795978488.38', 'routed', 1795978492.396405, '{"linked_id": "pbx2-1795978488.38", "caller_number": "+12025550191", "dialled": "1003", "trunk": "carrier", "sip_call_id": "29503bcc-f4f7-4104-b18c-7622d06d42e5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (730, 'pbx2-1795978488.38', 'asked', 1795978492.396497, '{"ask": "pin"}');
INSERT INTO public.facts VALUES (731, 'pbx2-1795978488.38', 'routed', 1795978507.338576, '{"linked_id": "pbx2-1795978488.38", "caller_number": "+12025550191", "dialled": "1003", "trunk": "carrier", "sip_call_id": "29503bcc-f4f7-4104-b18c-7622d06d42e5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (732, 'pbx2-1795978488.38', 'asked', 1795978507.338663, '{"ask": "menu"}');
INSERT INTO public.facts VALUES (733, 'pbx2-1795978488.38', 'routed', 1795978507.477183, '{"linked_id": "pbx2-1795978488.38", "caller_number": "+12025550191", "dialled": "1003", "trunk": "carrier", "sip_call_id": "29503bcc-f4f7-4104-b18c-7622d06d42e5", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (734, 'pbx2-1795978488.38', 'joined', 1795978510.14113, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (735, 'pbx2-1795978488.38', 'rang', 1795978510.141341, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (736, 'pbx2-1795978488.38', 'left', 1795978510.172705, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (737, 'pbx2-1795978488.38', 'ended', 1795978510.172733, '{"cause": 16}');
INSERT INTO public.facts VALUES (738, 'pbx2-1795978534.42', 'routed', 1795978534.731499, '{"linked_id": "pbx2-1795978534.42", "caller_number": "+442079460007", "dialled": "1000", "trunk": "carrier", "sip_call_id": "e3d75465-b353-44a6-b427-5441fda439b5", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (739, 'pbx2-1795978534.42', 'asked', 1795978535.560803, '{"ask": "self-service"}');
INSERT INTO public.facts VALUES (740, 'pbx2-1795978534.42', 'joined', 1795978535.665571, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (741, 'pbx2-1795978534.42', 'rang', 1795978535.66985, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (742, 'pbx2-1795978534.42', 'connected', 1795978535.89452, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (743, 'pbx2-1795978534.42', 'completed', 1795978535.901513, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (744, 'pbx2-1795978534.42', 'ended', 1795978535.902659, '{"cause": 16}');
INSERT INTO public.facts VALUES (745, 'pbx2-1795978537.44', 'routed', 1795978537.702692, '{"linked_id": "pbx2-1795978537.44", "caller_number": "+442079460007", "dialled": "1000", "trunk": "carrier", "sip_call_id": "d654b119-d58b-4a1f-a9cc-a30de4301af5", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (746, 'pbx2-1795978537.44', 'asked', 1795978538.527019, '{"ask": "self-service"}');
INSERT INTO public.facts VALUES (747, 'pbx2-1795978537.44', 'handled', 1795978538.63371, '{"what": "self-service"}');
INSERT INTO public.facts VALUES (748, 'pbx2-1795978537.44', 'ended', 1795978538.841743, '{"cause": 16}');
INSERT INTO public.facts VALUES (749, 'pbx2-1795978540.45', 'routed', 1795978540.657754, '{"linked_id": "pbx2-1795978540.45", "caller_number": "+442079460007", "dialled": "1000", "trunk": "carrier", "sip_call_id": "721e95ae-2001-4511-919d-f3081f825e7e", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (750, 'pbx2-1795978540.45', 'asked', 1795978541.496368, '{"ask": "self-service"}');
INSERT INTO public.facts VALUES (751, 'pbx2-1795978540.45', 'routed', 1795978545.139068, '{"linked_id": "pbx2-1795978540.45", "caller_number": "+442079460007", "dialled": "1000", "trunk": "carrier", "sip_call_id": "721e95ae-2001-4511-919d-f3081f825e7e", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (752, 'pbx2-1795978540.45', 'handled', 1795978545.139658, '{"what": "self-service"}');
INSERT INTO public.facts VALUES (753, 'pbx2-1795978540.45', 'ended', 1795978545.330177, '{"cause": 16}');
INSERT INTO public.facts VALUES (754, 'pbx2-1795978549.48', 'routed', 1795978549.582661, '{"linked_id": "pbx2-1795978549.48", "caller_number": "+442079460001", "dialled": "+442079460500", "trunk": "carrier", "sip_call_id": "17dcf30f-0b19-4f92-9dc9-57bfd628d395", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "B", "test": false}');
INSERT INTO public.facts VALUES (755, 'pbx2-1795978549.48', 'joined', 1795978549.608403, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (756, 'pbx2-1795978549.48', 'rang', 1795978549.61166, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (757, 'pbx2-1795978549.48', 'connected', 1795978549.820709, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (758, 'pbx2-1795978549.48', 'ended', 1795978550.326109, '{"cause": 16}');
INSERT INTO public.facts VALUES (759, 'pbx2-1795978549.48', 'completed', 1795978550.326157, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (760, 'pbx2-1795978559.52', 'routed', 1795978559.508334, '{"linked_id": "pbx2-1795978559.52", "caller_number": "+442079460001", "dialled": "+442079460500", "trunk": "carrier", "sip_call_id": "test-845ce7ad-e134-4c8d-8484-61c6bd5d4880", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "failed", "test": false}');
INSERT INTO public.facts VALUES (761, 'pbx2-1795978559.52', 'joined', 1795978560.848126, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (762, 'pbx2-1795978559.52', 'rang', 1795978560.848214, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (763, 'pbx2-1795978559.52', 'connected', 1795978561.052402, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (764, 'pbx2-1795978559.52', 'completed', 1795978562.020769, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (765, 'pbx2-1795978559.52', 'ended', 1795978562.021952, '{"cause": 16}');
INSERT INTO public.facts VALUES (766, 'pbx2-1795978598.63', 'routed', 1795978598.080872, '{"linked_id": "pbx2-1795978598.63", "caller_number": "+442079460002", "dialled": "1003", "trunk": "carrier", "sip_call_id": "9145c152-6867-4b1e-9add-b4f45caf158b", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (767, 'pbx2-1795978598.63', 'ended', 1795978604.8492618, '{"cause": 0}');
INSERT INTO public.facts VALUES (819, 'pbx2-1795978720.100', 'left', 1795978723.099749, '{"queue": "premium", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (820, 'pbx2-1795978720.100', 'joined', 1795978723.099926, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (768, 'pbx2-1795978607.65', 'routed', 1795978608.147106, '{"linked_id": "pbx2-1795978607.65", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "dd549435-5f76-4742-a5d7-d14f860d9b47", "rung": "dialplan", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (769, 'pbx2-1795978607.65', 'joined', 1795978608.169431, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (770, 'pbx2-1795978607.65', 'rang', 1795978608.170385, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (771, 'pbx2-1795978607.65', 'connected', 1795978608.383932, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (772, 'pbx2-1795978607.65', 'completed', 1795978608.88932, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (773, 'pbx2-1795978607.65', 'ended', 1795978608.891854, '{"cause": 16}');
INSERT INTO public.facts VALUES (774, 'pbx2-1795978630.67', 'routed', 1795978630.888203, '{"linked_id": "pbx2-1795978630.67", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "7e918533-828d-4187-81f1-6a2369e29995", "rung": "snapshot", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (775, 'pbx2-1795978630.67', 'joined', 1795978630.909757, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (776, 'pbx2-1795978630.67', 'rang', 1795978630.915382, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (777, 'pbx2-1795978630.67', 'connected', 1795978631.14059, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (778, 'pbx2-1795978630.67', 'completed', 1795978631.65346, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (779, 'pbx2-1795978630.67', 'ended', 1795978631.653529, '{"cause": 16}');
INSERT INTO public.facts VALUES (780, 'pbx2-1795978660.73', 'routed', 1795978660.303009, '{"linked_id": "pbx2-1795978660.73", "caller_number": "+442079460014", "dialled": "1000", "trunk": "carrier", "sip_call_id": "53ed9f28-7633-4f84-9855-656abc49596b", "rung": "live", "segment": "standard", "queue": "general-de", "priority": 20, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (781, 'pbx2-1795978660.73', 'joined', 1795978661.127322, '{"queue": "general-de", "position": 1}');
INSERT INTO public.facts VALUES (782, 'pbx2-1795978660.73', 'rang', 1795978661.131696, '{"queue": "general-de", "agent": "Dora Klein", "interface": "PJSIP/dora"}');
INSERT INTO public.facts VALUES (783, 'pbx2-1795978660.73', 'connected', 1795978661.393025, '{"queue": "general-de", "agent": "Dora Klein", "interface": "PJSIP/dora", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (784, 'pbx2-1795978660.73', 'completed', 1795978661.9436, '{"queue": "general-de", "agent": "Dora Klein", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (785, 'pbx2-1795978660.73', 'ended', 1795978661.943612, '{"cause": 16}');
INSERT INTO public.facts VALUES (786, 'pbx2-1795978669.81', 'routed', 1795978669.198405, '{"linked_id": "pbx2-1795978669.81", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "4ea2f2be-60a6-4d0e-a89a-5c54f612a670", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (787, 'pbx2-1795978669.81', 'joined', 1795978670.020615, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (788, 'pbx2-1795978669.81', 'left', 1795978672.02198, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (789, 'pbx2-1795978669.81', 'left', 1795978672.024022, '{"queue": "general-queue", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (790, 'pbx2-1795978669.81', 'asked', 1795978672.026094, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (791, 'pbx2-1795978669.81', 'handled', 1795978679.024975, '{"what": "voicemail"}');
INSERT INTO public.facts VALUES (792, 'pbx2-1795978669.81', 'ended', 1795978679.027084, '{"cause": 16}');
INSERT INTO public.facts VALUES (793, 'pbx2-1795978682.86', 'routed', 1795978682.225386, '{"linked_id": "pbx2-1795978682.86", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "fcac9829-75d4-4044-be72-46009a118025", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (794, 'pbx2-1795978682.86', 'joined', 1795978683.049679, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (795, 'pbx2-1795978682.86', 'left', 1795978685.05111, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (796, 'pbx2-1795978682.86', 'left', 1795978685.053524, '{"queue": "general-queue", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (797, 'pbx2-1795978682.86', 'handled', 1795978685.053684, '{"what": "ended"}');
INSERT INTO public.facts VALUES (798, 'pbx2-1795978682.86', 'ended', 1795978690.038639, '{"cause": 16}');
INSERT INTO public.facts VALUES (799, 'pbx2-1795978693.91', 'routed', 1795978693.786744, '{"linked_id": "pbx2-1795978693.91", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "932f3829-aed9-48b7-bbbb-a737dc0ac5da", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (800, 'pbx2-1795978693.91', 'joined', 1795978694.701105, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (801, 'pbx2-1795978693.91', 'left', 1795978696.699598, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (802, 'pbx2-1795978693.91', 'left', 1795978696.699699, '{"queue": "general-queue", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (803, 'pbx2-1795978693.91', 'asked', 1795978696.69995, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (804, 'pbx2-1795978693.91', 'asked', 1795978696.815822, '{"ask": "voicemail"}');
INSERT INTO public.facts VALUES (805, 'pbx2-1795978693.91', 'handled', 1795978703.01098, '{"what": "voicemail"}');
INSERT INTO public.facts VALUES (806, 'pbx2-1795978693.91', 'ended', 1795978703.011007, '{"cause": 16}');
INSERT INTO public.facts VALUES (807, 'pbx2-1795978707.94', 'routed', 1795978707.348704, '{"linked_id": "pbx2-1795978707.94", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "c04ae63d-d9df-406f-a54a-bea3ac5f5bcb", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (808, 'pbx2-1795978707.94', 'joined', 1795978708.18619, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (809, 'pbx2-1795978707.94', 'left', 1795978711.191534, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (810, 'pbx2-1795978707.94', 'left', 1795978711.191633, '{"queue": "general-queue", "status": "TIMEOUT"}');
INSERT INTO public.facts VALUES (811, 'pbx2-1795978707.94', 'joined', 1795978711.191861, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (812, 'pbx2-1795978707.94', 'rang', 1795978715.197745, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (813, 'pbx2-1795978707.94', 'connected', 1795978715.437958, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 4}');
INSERT INTO public.facts VALUES (814, 'pbx2-1795978707.94', 'completed', 1795978715.945869, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (815, 'pbx2-1795978707.94', 'ended', 1795978715.946206, '{"cause": 16}');
INSERT INTO public.facts VALUES (816, 'pbx2-1795978720.100', 'routed', 1795978720.07021, '{"linked_id": "pbx2-1795978720.100", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "0f21ad73-d53d-4ce1-b8d4-6ac6b0c89748", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (821, 'pbx2-1795978720.100', 'rang', 1795978723.103495, '{"queue": "general-queue", "agent": "Cleo Marsh", "interface": "PJSIP/cleo"}');
INSERT INTO public.facts VALUES (822, 'pbx2-1795978720.100', 'connected', 1795978723.318634, '{"queue": "general-queue", "agent": "Cleo Marsh", "interface": "PJSIP/cleo", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (823, 'pbx2-1795978720.100', 'completed', 1795978723.82252, '{"queue": "general-queue", "agent": "Cleo Marsh", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (824, 'pbx2-1795978720.100', 'ended', 1795978723.824637, '{"cause": 16}');
INSERT INTO public.facts VALUES (825, 'pbx2-1795978726.104', 'routed', 1795978726.752125, '{"linked_id": "pbx2-1795978726.104", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "4ebe7e23-11b7-475d-9028-1257ec54d492", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (826, 'pbx2-1795978726.104', 'joined', 1795978726.777201, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (827, 'pbx2-1795978726.104', 'left', 1795978730.794637, '{"queue": "premium", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (828, 'pbx2-1795978726.104', 'ended', 1795978730.794673, '{"cause": 16}');
INSERT INTO public.facts VALUES (829, 'pbx2-1795978726.105', 'routed', 1795978726.786787, '{"linked_id": "pbx2-1795978726.105", "caller_number": "+442079460005", "dialled": "1000", "trunk": "carrier", "sip_call_id": "314fd59c-b05c-4d8b-a11e-1f8324592731", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (830, 'pbx2-1795978726.105', 'left', 1795978726.814758, '{"queue": "premium", "status": "FULL"}');
INSERT INTO public.facts VALUES (831, 'pbx2-1795978726.105', 'joined', 1795978726.815061, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (832, 'pbx2-1795978726.105', 'rang', 1795978726.818739, '{"queue": "general-queue", "agent": "Cleo Marsh", "interface": "PJSIP/cleo"}');
INSERT INTO public.facts VALUES (833, 'pbx2-1795978726.105', 'connected', 1795978727.033337, '{"queue": "general-queue", "agent": "Cleo Marsh", "interface": "PJSIP/cleo", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (834, 'pbx2-1795978726.105', 'completed', 1795978727.53991, '{"queue": "general-queue", "agent": "Cleo Marsh", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (835, 'pbx2-1795978726.105', 'ended', 1795978727.539979, '{"cause": 16}');
INSERT INTO public.facts VALUES (836, 'pbx2-1795978732.107', 'routed', 1795978732.709547, '{"linked_id": "pbx2-1795978732.107", "caller_number": "+442079460002", "dialled": "1000", "trunk": "carrier", "sip_call_id": "5dee29d9-d8fc-40ce-adeb-fc4b5360874b", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (837, 'pbx2-1795978732.107', 'joined', 1795978733.528928, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (838, 'pbx2-1795978732.107', 'left', 1795978735.712739, '{"queue": "general-queue", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (839, 'pbx2-1795978732.107', 'ended', 1795978735.713346, '{"cause": 16}');
INSERT INTO public.facts VALUES (840, 'pbx2-1795978737.108', 'routed', 1795978738.092167, '{"linked_id": "pbx2-1795978737.108", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "3593efac-1aae-4ae4-a1ff-6f086d847008", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (841, 'pbx2-1795978737.108', 'joined', 1795978738.163485, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (842, 'pbx2-1795978737.108', 'rang', 1795978738.232693, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (843, 'pbx2-1795978737.108', 'left', 1795978740.185692, '{"queue": "premium", "status": "ABANDON"}');
INSERT INTO public.facts VALUES (844, 'pbx2-1795978737.108', 'ended', 1795978740.185713, '{"cause": 16}');
INSERT INTO public.facts VALUES (845, 'pbx2-1795978746.113', 'routed', 1795978746.317755, '{"linked_id": "pbx2-1795978746.113", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "d0ed047f-7309-4280-9847-4a51074056b8", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (846, 'pbx2-1795978746.113', 'joined', 1795978746.329649, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (847, 'pbx2-1795978746.113', 'rang', 1795978746.33345, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (848, 'pbx2-1795978746.113', 'no_answer', 1795978761.333465, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "ring_seconds": 15.0}');
INSERT INTO public.facts VALUES (849, 'pbx2-1795978746.113', 'rang', 1795978762.336912, '{"queue": "premium", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (850, 'pbx2-1795978746.113', 'connected', 1795978762.547311, '{"queue": "premium", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 16}');
INSERT INTO public.facts VALUES (851, 'pbx2-1795978746.113', 'completed', 1795978763.060489, '{"queue": "premium", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (852, 'pbx2-1795978746.113', 'ended', 1795978763.065108, '{"cause": 16}');
INSERT INTO public.facts VALUES (853, 'pbx2-1795978765.116', 'routed', 1795978765.427023, '{"linked_id": "pbx2-1795978765.116", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "7597029a-7a10-4726-b358-256a304f8655", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (854, 'pbx2-1795978765.116', 'joined', 1795978765.454211, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (855, 'pbx2-1795978765.116', 'rang', 1795978765.455324, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (856, 'pbx2-1795978765.116', 'no_answer', 1795978765.458734, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "ring_seconds": 0.0}');
INSERT INTO public.facts VALUES (857, 'pbx2-1795978765.116', 'rang', 1795978765.459801, '{"queue": "premium", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (858, 'pbx2-1795978765.116', 'connected', 1795978765.668164, '{"queue": "premium", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (859, 'pbx2-1795978765.116', 'ended', 1795978766.172117, '{"cause": 16}');
INSERT INTO public.facts VALUES (860, 'pbx2-1795978765.116', 'completed', 1795978766.172238, '{"queue": "premium", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (861, 'pbx2-1795978767.119', 'routed', 1795978767.966765, '{"linked_id": "pbx2-1795978767.119", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "e07bd3ce-3455-43bd-bd4f-0a8f84717100", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (862, 'pbx2-1795978767.119', 'joined', 1795978768.004047, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (863, 'pbx2-1795978767.119', 'rang', 1795978768.005592, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (864, 'pbx2-1795978767.119', 'connected', 1795978768.215643, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (865, 'pbx2-1795978767.119', 'completed', 1795978769.230821, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 1, "hung_up_by": "agent"}');
INSERT INTO public.facts VALUES (866, 'pbx2-1795978767.119', 'ended', 1795978769.234292, '{"cause": 16}');
INSERT INTO public.facts VALUES (867, 'pbx2-1795978770.121', 'routed', 1795978770.994202, '{"linked_id": "pbx2-1795978770.121", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "202cd389-965c-4625-99f0-16651c005eed", "rung": "live", "segment": "premium", "queue": "premium", "priority": 100, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (868, 'pbx2-1795978770.121', 'joined', 1795978771.016575, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (869, 'pbx2-1795978770.121', 'rang', 1795978771.016674, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (870, 'pbx2-1795978770.121', 'connected', 1795978771.220972, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (871, 'pbx2-1795978770.121', 'completed', 1795978772.242871, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 1, "hung_up_by": "transfer"}');
INSERT INTO public.facts VALUES (872, 'pbx2-1795978770.121', 'ended', 1795978773.742163, '{"cause": 16}');
INSERT INTO public.facts VALUES (873, 'pbx2-1795978783.130', 'routed', 1795978783.67583, '{"linked_id": "pbx2-1795978783.130", "caller_number": "+442079460006", "dialled": "1000", "trunk": "carrier", "sip_call_id": "430a10e3-5610-474f-a491-f3780a8ff4d3", "rung": "live", "segment": "standard", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (874, 'pbx2-1795978783.130', 'joined', 1795978784.549295, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (875, 'pbx2-1795978783.130', 'rang', 1795978784.54938, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (876, 'pbx2-1795978783.130', 'connected', 1795978784.911068, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (877, 'pbx2-1795978783.130', 'ended', 1795978785.437297, '{"cause": 16}');
INSERT INTO public.facts VALUES (878, 'pbx2-1795978783.130', 'completed', 1795978785.445353, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (879, 'pbx2-1795978789.132', 'routed', 1795978789.674853, '{"linked_id": "pbx2-1795978789.132", "caller_number": "+442079460009", "dialled": "1000", "trunk": "carrier", "sip_call_id": "b0d19072-d3ed-43a3-b06a-bad6157559ca", "rung": "live", "segment": "won-back", "queue": "premium", "priority": 60, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (880, 'pbx2-1795978789.132', 'joined', 1795978793.680081, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (881, 'pbx2-1795978789.132', 'rang', 1795978793.742725, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (882, 'pbx2-1795978789.132', 'connected', 1795978794.034286, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 1}');
INSERT INTO public.facts VALUES (883, 'pbx2-1795978789.132', 'completed', 1795978794.658209, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (884, 'pbx2-1795978789.132', 'ended', 1795978794.659696, '{"cause": 16}');
INSERT INTO public.facts VALUES (885, 'pbx2-1795978797.134', 'routed', 1795978797.192895, '{"linked_id": "pbx2-1795978797.134", "caller_number": "+442079460003", "dialled": "1000", "trunk": "carrier", "sip_call_id": "ca53d9c3-abef-493d-bbdb-bbfef6154f88", "rung": "live", "segment": "standard", "queue": "premium", "priority": 80, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (886, 'pbx2-1795978797.134', 'joined', 1795978797.239541, '{"queue": "premium", "position": 1}');
INSERT INTO public.facts VALUES (887, 'pbx2-1795978797.134', 'rang', 1795978797.267332, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna"}');
INSERT INTO public.facts VALUES (888, 'pbx2-1795978797.134', 'connected', 1795978797.539206, '{"queue": "premium", "agent": "Anna Berg", "interface": "PJSIP/anna", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (889, 'pbx2-1795978797.134', 'completed', 1795978798.089355, '{"queue": "premium", "agent": "Anna Berg", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (890, 'pbx2-1795978797.134', 'ended', 1795978798.090398, '{"cause": 16}');
INSERT INTO public.facts VALUES (891, 'pbx2-1795978801.136', 'routed', 1795978802.032734, '{"linked_id": "pbx2-1795978801.136", "caller_number": "+442079460002", "dialled": "1002", "trunk": "carrier", "sip_call_id": "a759583e-0d17-46da-9522-25c181aad0d5", "rung": "live", "segment": "frequent", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (892, 'pbx2-1795978801.136', 'joined', 1795978805.523142, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (893, 'pbx2-1795978801.136', 'rang', 1795978805.55264, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (894, 'pbx2-1795978801.136', 'connected', 1795978805.870613, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (895, 'pbx2-1795978801.136', 'completed', 1795978806.403916, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 1, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (896, 'pbx2-1795978801.136', 'ended', 1795978806.458828, '{"cause": 16}');
INSERT INTO public.facts VALUES (897, 'pbx2-1795978810.138', 'routed', 1795978810.450343, '{"linked_id": "pbx2-1795978810.138", "caller_number": "+442079460001", "dialled": "1000", "trunk": "carrier", "sip_call_id": "b0cc971b-a6d1-45a2-8064-f099cfc87789", "rung": "live", "segment": "", "queue": "general-queue", "priority": 10, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (898, 'pbx2-1795978810.138', 'joined', 1795978811.272602, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (899, 'pbx2-1795978810.138', 'rang', 1795978811.279119, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben"}');
INSERT INTO public.facts VALUES (900, 'pbx2-1795978810.138', 'connected', 1795978811.483484, '{"queue": "general-queue", "agent": "Ben Okafor", "interface": "PJSIP/ben", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (901, 'pbx2-1795978810.138', 'completed', 1795978811.992055, '{"queue": "general-queue", "agent": "Ben Okafor", "talk_seconds": 0, "hung_up_by": "caller"}');
INSERT INTO public.facts VALUES (902, 'pbx2-1795978810.138', 'ended', 1795978811.994465, '{"cause": 16}');
INSERT INTO public.facts VALUES (903, 'pbx2-1795978821.145', 'routed', 1795978821.922894, '{"linked_id": "pbx2-1795978821.145", "caller_number": "+442079460005", "dialled": "1000", "trunk": "carrier", "sip_call_id": "622a8d29-2afa-4146-acc1-bffbd62ea8a5", "rung": "live", "segment": "premium", "queue": "general-queue", "priority": 50, "action": "queue", "attestation": "", "test": false}');
INSERT INTO public.facts VALUES (904, 'pbx2-1795978821.145', 'joined', 1795978822.745856, '{"queue": "general-queue", "position": 1}');
INSERT INTO public.facts VALUES (905, 'pbx2-1795978821.145', 'rang', 1795978822.745958, '{"queue": "general-queue", "agent": "Cleo Marsh", "interface": "PJSIP/cleo"}');
INSERT INTO public.facts VALUES (906, 'pbx2-1795978821.145', 'connected', 1795978822.953069, '{"queue": "general-queue", "agent": "Cleo Marsh", "interface": "PJSIP/cleo", "hold_seconds": 0}');
INSERT INTO public.facts VALUES (907, 'pbx2-1795978821.145', 'ended', 1795978823.459969, '{"cause": 16}');
INSERT INTO public.facts VALUES (908, 'pbx2-1795978821.145', 'completed', 1795978823.459994, '{"queue": "general-queue", "agent": "Cleo Marsh", "talk_seconds": 1, "hung_up_by": "caller"}');

INSERT INTO public.members VALUES ('premium', 'PJSIP/anna');
INSERT INTO public.members VALUES ('general-queue', 'PJSIP/ben');

INSERT INTO public.phones VALUES ('+442079460001', 'G01');
INSERT INTO public.phones VALUES ('+442079460101', 'G01');
INSERT INTO public.phones VALUES ('+442079460002', 'G02');
INSERT INTO public.phones VALUES ('+442079460003', 'G03');
INSERT INTO public.phones VALUES ('+442079460004', 'G04');
INSERT INTO public.phones VALUES ('+4930901820050', 'G05');
INSERT INTO public.phones VALUES ('+442079460006', 'G06');
INSERT INTO public.phones VALUES ('+442079460007', 'G07');
INSERT INTO public.phones VALUES ('+442079460008', 'G08');
INSERT INTO public.phones VALUES ('+442079460800', 'G08');
INSERT INTO public.phones VALUES ('+442079460800', 'G09');
INSERT INTO public.phones VALUES ('+442079460010', 'G10');
INSERT INTO public.phones VALUES ('+442079460011', 'G11');
INSERT INTO public.phones VALUES ('+442079460012', 'G12');
INSERT INTO public.phones VALUES ('+442079460013', 'G13');
INSERT INTO public.phones VALUES ('+442079460021', 'P01');
INSERT INTO public.phones VALUES ('+442079460022', 'P02');
INSERT INTO public.phones VALUES ('+442079460023', 'P03');
INSERT INTO public.phones VALUES ('+442079460024', 'P04');
INSERT INTO public.phones VALUES ('+442079460025', 'P05');
INSERT INTO public.phones VALUES ('+442079460026', 'P06');
INSERT INTO public.phones VALUES ('+442079460027', 'P07');
INSERT INTO public.phones VALUES ('+442079460028', 'P08');

INSERT INTO public.pin_tries VALUES (1, 'P01', '', 1795978931.1375198, true);
INSERT INTO public.pin_tries VALUES (2, 'P04', '', 1795978931.4217334, true);
INSERT INTO public.pin_tries VALUES (3, 'P05', '', 1795978931.6527028, true);
INSERT INTO public.pin_tries VALUES (4, 'P06', '', 1795978931.9204211, true);
INSERT INTO public.pin_tries VALUES (5, 'P07', '', 1795978932.001497, true);
INSERT INTO public.pin_tries VALUES (6, 'P01', 'pbx1-1794999611.53', 1794999611.375, true);
INSERT INTO public.pin_tries VALUES (7, 'P02', 'pbx1-1794999935.54', 1794999935.903, false);
INSERT INTO public.pin_tries VALUES (8, 'P02', 'pbx1-1794999935.54', 1794999935.903, true);
INSERT INTO public.pin_tries VALUES (9, 'P03', 'pbx1-1795000244.55', 1795000244.794, false);
INSERT INTO public.pin_tries VALUES (10, 'P03', 'pbx1-1795000244.55', 1795000244.794, false);
INSERT INTO public.pin_tries VALUES (11, 'P06', '', 1795978935.0623088, true);
INSERT INTO public.pin_tries VALUES (12, 'P05', 'pbx1-1795001431.63', 1795001431.75, false);
INSERT INTO public.pin_tries VALUES (13, 'P05', 'pbx1-1795001431.63', 1795001431.75, false);
INSERT INTO public.pin_tries VALUES (14, 'P05', 'pbx1-1795001461.64', 1795001461.48, false);
INSERT INTO public.pin_tries VALUES (15, 'P05', 'pbx1-1795001461.64', 1795001461.48, NULL);
INSERT INTO public.pin_tries VALUES (16, 'P05', '', 1795978935.7415721, true);
INSERT INTO public.pin_tries VALUES (17, 'P08', 'pbx1-1795001582.65', 1795001582.315, true);
INSERT INTO public.pin_tries VALUES (18, 'P01', 'pbx1-1795428098.75', 1795428098.98, true);
INSERT INTO public.pin_tries VALUES (19, 'P02', 'pbx1-1795428166.76', 1795428166.005, false);
INSERT INTO public.pin_tries VALUES (20, 'P02', 'pbx1-1795428166.76', 1795428166.005, true);
INSERT INTO public.pin_tries VALUES (21, 'P04', 'pbx1-1795690855.83', 1795690855.373, false);
INSERT INTO public.pin_tries VALUES (22, 'P04', 'pbx1-1795690896.84', 1795690896.567, false);
INSERT INTO public.pin_tries VALUES (23, 'P04', 'pbx1-1795690932.85', 1795690932.963, false);
INSERT INTO public.pin_tries VALUES (24, 'P04', 'pbx1-1795691432.86', 1795691432.423, NULL);

INSERT INTO public.policy_publications VALUES (1, 'dd22a33dc719', 1793692841.388, 'ann@pbx', 'every part in use', 'publish');
INSERT INTO public.policy_publications VALUES (2, '8f272d7c20e3', 1795420858.275, 'Zoë <zoe@example.org>', 'PINs for everybody — “strict”', 'publish');
INSERT INTO public.policy_publications VALUES (3, 'dd22a33dc719', 1795507256.96, 'ann@pbx', 'too strict', 'rollback');
INSERT INTO public.policy_publications VALUES (4, 'dd22a33dc719', 1795593651.132, 'ben', 'back to the files', 'withdraw');
INSERT INTO public.policy_publications VALUES (5, 'dd22a33dc719', 1795680027.972, 'ann@pbx', 'and on with it', 'publish');

INSERT INTO public.policy_versions VALUES ('dd22a33dc719', '# Uses every part of a policy that there was.
region: GB
languages: [en, de, fr]
score: {value: 0.6, potential: 0.2, need: 0.2}
trust:
  trunks: [carrier, backup]
  routing: typed
  disclosure: caller-id
  wrong-pins: 3

entry-points:
  main:
    numbers: ["1000"]
    greeting: hello
  invoices:
    numbers: ["1001"]
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers: ["1002"]
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers: ["1003"]
    greeting: ivr/greeting
    menu: service
    identify: true
  berlin:
    numbers: ["1004"]
    region: DE
    language: de
    greeting: [hello, ivr/greeting]
    hours: berlin
    closed: closed-end
  other:
    numbers: any
    greeting: hello

menus:
  service:
    say: ivr/menu-service
    keys: {"1": buy, "2": trouble, "*": other}

hours:
  office:
    zone: Europe/London
    open:
      monday-friday: ["09:00-12:00", "13:00-17:00"]
      saturday: ["10:00-13:00"]
    holidays: ["12-25", "12-26", "01-01", "2026-11-20"]
  berlin:
    zone: Europe/Berlin
    open:
      monday-sunday: ["08:00-24:00"]

segments:
  - name: premium
    enter: [customer.value >= 80.0]
    stay: [customer.value >= 75.0]
    trust: caller-id
  - name: vip
    enter: [''"vip" in customer.tags'', customer.potential >= 90.0]
    trust: attested
  - name: at-risk
    enter: [customer.need >= 75.0]
    stay: [customer.need >= 65.0]
  - name: won-back
    enter: [customer.lapsed, customer.potential >= 70.0]
  - name: frequent
  - name: standard
    enter: [customer.found, customer.score >= 10.0]

treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    steps:
      - {after: 45, queue: general-queue}
  vip:
    queue: premium
    priority: 1000
    greeting: ivr/greeting-frequent
    music: gold
    always-open: true
    questions: false
    steps:
      - {after: 10, say: [position, wait], offer: voicemail}
      - {after: 20, queue: "general-{language}", priority: 990, say: hello}
      - {after: 30, then: voicemail, say: ivr/closed}
    mailbox: "200"
  rescue:
    queue: general-queue
    priority: 50
    steps:
      - {after: 90, priority: 60}
      - {after: 120, then: end, say: hello}
  by-language:
    queue: "general-{language}"
    priority: 20
    steps:
      - {after: 60, queue: general-queue, priority: 40}
  general:
    queue: general-queue
    priority: 10
    announce: {every: 60, say: [position, wait]}
    steps:
      - {after: 90, priority: 40}
      - {after: 300, offer: voicemail}
  closed:
    say: ivr/closed
    then: voicemail
    mailbox: "101"
  closed-end:
    say: [hello, ivr/closed]
    then: end
  refused:
    refuse: true
  refused-said:
    say: ivr/closed
    refuse: true

rules:
  - name: blocked
    when: [customer.blocked]
    treatment: refused
  - name: forged
    when: [''call.attestation == "failed"'', ''call.trunk == "backup"'']
    treatment: refused-said
  - name: a queue that nobody has
    when: [''queues.waiting["nowhere"] > 3'']
    treatment: rescue
  - name: repeat caller
    when: [customer.contacts_7d >= 1]
    adjust: {priority: +5}
  - name: gave up last time
    when: [customer.abandoned_last, customer.days_since_contact < 2.0]
    adjust: {priority: +15}
  - name: many calls
    when: [customer.contacts_30d >= 3]
    adjust: {priority: -1000}
  - name: something is wrong
    when: [''call.intent == "trouble"'']
    adjust: {priority: +10, greeting: ivr/greeting, music: calm}
  - name: fibre
    when: [''"fibre" in customer.products'', ''customer.contract != ""'']
    adjust: {music: fibre}
  - name: nobody waits
    when: [''"premium" in queues.waiting'', ''queues.waiting["premium"] == 0'', ''queues.agents_free["premium"] > 0'']
    adjust: {greeting: none}
  - name: self-service first
    when: [customer.prefers_self_service]
    adjust: {self-service: account}
  - name: premium
    when: [''segment == "premium"'']
    treatment: premium
  - name: vip
    when: [''segment == "vip"'']
    treatment: vip
  - name: at-risk
    when: [''segment == "at-risk"'', ''customer.scores_age_days < 30.0'']
    treatment: rescue
  - name: frequent
    when: [''segment == "frequent"'']
    treatment: rescue
  - name: another language
    when: [''call.language != "en"'']
    treatment: by-language
  - name: standard
    when: [''segment == "standard"'']
    treatment: general

default: general

test:
  callers: ["+442079460990"]
  dialled: ["1000"]
  per-minute: 6
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1793692841.388);
INSERT INTO public.policy_versions VALUES ('8f272d7c20e3', '# Uses every part of a policy that there was.
region: GB
languages: [en, de, fr]
score: {value: 0.6, potential: 0.2, need: 0.2}
trust:
  trunks: [carrier, backup]
  routing: pin
  disclosure: pin
  wrong-pins: 3

entry-points:
  main:
    numbers: ["1000"]
    greeting: hello
  invoices:
    numbers: ["1001"]
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers: ["1002"]
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers: ["1003"]
    greeting: ivr/greeting
    menu: service
    identify: true
  berlin:
    numbers: ["1004"]
    region: DE
    language: de
    greeting: [hello, ivr/greeting]
    hours: berlin
    closed: closed-end
  other:
    numbers: any
    greeting: hello

menus:
  service:
    say: ivr/menu-service
    keys: {"1": buy, "2": trouble, "*": other}

hours:
  office:
    zone: Europe/London
    open:
      monday-friday: ["09:00-12:00", "13:00-17:00"]
      saturday: ["10:00-13:00"]
    holidays: ["12-25", "12-26", "01-01", "2026-11-20"]
  berlin:
    zone: Europe/Berlin
    open:
      monday-sunday: ["08:00-24:00"]

segments:
  - name: premium
    enter: [customer.value >= 80.0]
    stay: [customer.value >= 75.0]
    trust: caller-id
  - name: vip
    enter: [''"vip" in customer.tags'', customer.potential >= 90.0]
    trust: attested
  - name: at-risk
    enter: [customer.need >= 75.0]
    stay: [customer.need >= 65.0]
  - name: won-back
    enter: [customer.lapsed, customer.potential >= 70.0]
  - name: frequent
  - name: standard
    enter: [customer.found, customer.score >= 10.0]

treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    steps:
      - {after: 45, queue: general-queue}
  vip:
    queue: premium
    priority: 1000
    greeting: ivr/greeting-frequent
    music: gold
    always-open: true
    questions: false
    steps:
      - {after: 10, say: [position, wait], offer: voicemail}
      - {after: 20, queue: "general-{language}", priority: 990, say: hello}
      - {after: 30, then: voicemail, say: ivr/closed}
    mailbox: "200"
  rescue:
    queue: general-queue
    priority: 50
    steps:
      - {after: 90, priority: 60}
      - {after: 120, then: end, say: hello}
  by-language:
    queue: "general-{language}"
    priority: 20
    steps:
      - {after: 60, queue: general-queue, priority: 40}
  general:
    queue: general-queue
    priority: 10
    announce: {every: 60, say: [position, wait]}
    steps:
      - {after: 90, priority: 40}
      - {after: 300, offer: voicemail}
  closed:
    say: ivr/closed
    then: voicemail
    mailbox: "101"
  closed-end:
    say: [hello, ivr/closed]
    then: end
  refused:
    refuse: true
  refused-said:
    say: ivr/closed
    refuse: true

rules:
  - name: blocked
    when: [customer.blocked]
    treatment: refused
  - name: forged
    when: [''call.attestation == "failed"'', ''call.trunk == "backup"'']
    treatment: refused-said
  - name: a queue that nobody has
    when: [''queues.waiting["nowhere"] > 3'']
    treatment: rescue
  - name: repeat caller
    when: [customer.contacts_7d >= 1]
    adjust: {priority: +5}
  - name: gave up last time
    when: [customer.abandoned_last, customer.days_since_contact < 2.0]
    adjust: {priority: +15}
  - name: many calls
    when: [customer.contacts_30d >= 3]
    adjust: {priority: -1000}
  - name: something is wrong
    when: [''call.intent == "trouble"'']
    adjust: {priority: +10, greeting: ivr/greeting, music: calm}
  - name: fibre
    when: [''"fibre" in customer.products'', ''customer.contract != ""'']
    adjust: {music: fibre}
  - name: nobody waits
    when: [''"premium" in queues.waiting'', ''queues.waiting["premium"] == 0'', ''queues.agents_free["premium"] > 0'']
    adjust: {greeting: none}
  - name: self-service first
    when: [customer.prefers_self_service]
    adjust: {self-service: account}
  - name: premium
    when: [''segment == "premium"'']
    treatment: premium
  - name: vip
    when: [''segment == "vip"'']
    treatment: vip
  - name: at-risk
    when: [''segment == "at-risk"'', ''customer.scores_age_days < 30.0'']
    treatment: rescue
  - name: frequent
    when: [''segment == "frequent"'']
    treatment: rescue
  - name: another language
    when: [''call.language != "en"'']
    treatment: by-language
  - name: standard
    when: [''segment == "standard"'']
    treatment: general

default: general

test:
  callers: ["+442079460990"]
  dialled: ["1000"]
  per-minute: 6
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795420858.275);
INSERT INTO public.policy_versions VALUES ('18ca30597d9d', '# How callers are treated. Before a change goes live:
#   ivr policy check                                        every mistake, with its line
#   ivr policy explain --from +442079460001 --to 1000       what would become of a call, rule by rule
#   ivr policy diff dialplans                               who would have been treated differently last week
#   ivr policy publish -m "why"                             (and ivr policy rollback)
# The service reads a change within two seconds; a file with a mistake changes nothing.
#
# Conditions (`enter`, `stay`, `when`) are CEL; all in a list must hold. `ivr policy facts` lists what they may speak of.
# Scores and days are decimals: write 80.0, not 80.

region: GB                       # how to read numbers without a country code
languages: [en, de, fr]          # that callers are served in; the first is for everybody else

# The overall score orders customers, 0-100: how much each of their scores counts in it.
score:
  value: 0.6                     # what the customer brings, cost of serving counted
  potential: 0.2                 # what they are predicted to bring
  need: 0.2                      # how much is going wrong for them now

# How sure it is who calls: none < typed (a customer number) < caller-id < attested (signed by the carrier) < pin.
trust:
  trunks: [carrier]              # whose caller ID is believed
  routing: typed                 # what it takes to be treated as the customer
  disclosure: pin                # what it takes to hear anything about the account
  wrong-pins: 3                  # in 24 hours; after that the customer is not asked for the PIN any more

# The numbers that customers dial.
entry-points:
  main:
    numbers: ["1000"]
    greeting: hello
  invoices:                      # the number on the invoices
    numbers: ["1001"]
    greeting: hello
    hours: office
    closed: closed               # the treatment then
  frequent:                      # given to frequent customers only: who dials it is one of them
    numbers: ["1002"]
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers: ["1003"]
    greeting: ivr/greeting
    menu: service
    identify: true               # unknown callers are asked for their customer number
  other:
    numbers: any                 # every other number
    greeting: hello

menus:
  service:
    say: ivr/menu-service        # press 1 to buy, press 2 if something is not working
    keys: {"1": buy, "2": trouble}

hours:
  office:
    zone: Europe/London
    open:
      monday-friday: ["09:00-17:00"]
      saturday: ["10:00-13:00"]
    holidays: ["12-25", "12-26", "01-01"]

# The first segment whose conditions all hold is the customer''s. `stay` is enough for who was in it last time: so
# nobody goes in and out because of a point.
segments:
  - name: premium
    enter: [customer.value >= 80.0]
    stay: [customer.value >= 75.0]
    trust: caller-id             # a customer number alone could be anybody''s: then a PIN is asked for
  - name: at-risk
    enter: [customer.need >= 75.0]
    stay: [customer.need >= 65.0]
  - name: won-back               # used to buy, and might again
    enter: [customer.lapsed, customer.potential >= 70.0]
  - name: frequent               # without conditions: the number dialled gives it
  - name: standard
    enter: [customer.found]      # everybody else whom we know

# What a call gets. In a queue, the higher priority is served first. Each step says what changes after so many
# seconds of waiting.
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none               # straight to the agents
    questions: false
    steps:
      - {after: 45, queue: general-queue}       # still at priority 100
  won-back:
    queue: premium               # the best agents, behind premium customers
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
      - {after: 60, queue: general-queue}
  gold:                          # the contract promises it, at any hour
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
      - {after: 30, priority: 120}
      - {after: 60, queue: general-queue}
  rescue:
    queue: general-queue
    priority: 50
    steps:
      - {after: 90, priority: 60}
  by-language:                   # the agents who speak it; then those who may have to try
    queue: general-{language}
    priority: 20
    steps:
      - {after: 60, queue: general-queue, priority: 40}
  general:
    queue: general-queue
    priority: 10
    announce: {every: 60, say: [position, wait]}
    steps:                       # who waits long goes up, so nobody starves
      - {after: 90, priority: 40}
      - {after: 180, priority: 110}             # before premium customers who have just come
      - {after: 300, offer: voicemail}
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true

# From top to bottom. A rule with a treatment decides; one that adjusts changes something in whatever comes after it.
rules:
  - name: blocked
    when: [customer.blocked]
    treatment: refused

  - name: repeat caller          # it was not settled the last time
    when: [customer.contacts_7d >= 1]
    adjust: {priority: +5}
  - name: gave up last time
    when: [customer.abandoned_last, customer.days_since_contact < 2.0]
    adjust: {priority: +15}
  - name: something is wrong     # the answer in the menu
    when: [''call.intent == "trouble"'']
    adjust: {priority: +10}
  - name: self-service first     # 0 leaves it
    when: [customer.prefers_self_service, customer.value >= 60.0]
    adjust: {self-service: account}

  - name: premium
    when: [''segment == "premium"'']
    treatment: premium
  - name: gold contract
    when: [''customer.contract == "gold"'']
    treatment: gold
  - name: at-risk
    when: [''segment == "at-risk"'']
    treatment: rescue
  - name: won-back
    when: [''segment == "won-back"'']
    treatment: won-back
  - name: frequent
    when: [''segment == "frequent"'']
    treatment: rescue
  - name: another language
    when: [''call.language != "en"'']
    treatment: by-language
  - name: standard
    when: [''segment == "standard"'']
    treatment: general

default: general                 # unknown, withheld or shared numbers, and when the customers cannot be asked

# Test calls on a live system (ivr qa run --target HOST): what comes from these numbers is treated like any other
# call, and is counted nowhere. Use numbers of your own that no customer has.
# test:
#   callers: ["+442079460990"]
#   dialled: ["1000"]            # what a test may call
#   per-minute: 6
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978294.9310205);
INSERT INTO public.policy_versions VALUES ('15a56e452256', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 45
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    announce:
      every: 60
      say:
      - position
      - wait
    steps:
    - after: 90
      priority: 40
    - after: 180
      priority: 110
    - after: 300
      offer: voicemail
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: never
  when:
  - queues.waiting["nowhere"] >= 0
  treatment: premium
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978654.8523493);
INSERT INTO public.policy_versions VALUES ('39025bce668e', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 45
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    steps:
    - after: 2
      then: voicemail
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978668.0465894);
INSERT INTO public.policy_versions VALUES ('cad3cdc2b30c', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 45
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    steps:
    - after: 2
      then: end
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978681.0964787);
INSERT INTO public.policy_versions VALUES ('0ad37c74d2c7', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 45
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    steps:
    - after: 2
      offer: voicemail
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978692.1364336);
INSERT INTO public.policy_versions VALUES ('69abc3a0c960', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: general-queue
    priority: 100
    greeting: none
    questions: false
    steps: []
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    steps:
    - after: 3
      priority: 300
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978705.3607137);
INSERT INTO public.policy_versions VALUES ('51ec97fb025d', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 3
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    announce:
      every: 60
      say:
      - position
      - wait
    steps:
    - after: 90
      priority: 40
    - after: 180
      priority: 110
    - after: 300
      offer: voicemail
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978719.464664);
INSERT INTO public.policy_versions VALUES ('30fe59add7e2', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  trust: attested
- name: at-risk
  enter:
  - customer.need >= 75.0
- name: won-back
  enter:
  - customer.lapsed
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 45
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    announce:
      every: 60
      say:
      - position
      - wait
    steps:
    - after: 90
      priority: 40
    - after: 180
      priority: 110
    - after: 300
      offer: voicemail
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978809.5605993);
INSERT INTO public.policy_versions VALUES ('637c8ee24529', '
region: GB
languages:
- en
- de
- fr
score:
  value: 0.6
  potential: 0.2
  need: 0.2
trust:
  trunks:
  - carrier
  routing: typed
  disclosure: pin
  wrong-pins: 3
entry-points:
  main:
    numbers:
    - ''1000''
    greeting: hello
  invoices:
    numbers:
    - ''1001''
    greeting: hello
    hours: office
    closed: closed
  frequent:
    numbers:
    - ''1002''
    greeting: ivr/greeting-frequent
    segment: frequent
  service:
    numbers:
    - ''1003''
    greeting: ivr/greeting
    menu: service
    identify: true
  other:
    numbers: any
    greeting: hello
menus:
  service:
    say: ivr/menu-service
    keys:
      ''1'': buy
      ''2'': trouble
hours:
  office:
    zone: Europe/London
    open:
      monday-friday:
      - 09:00-17:00
      saturday:
      - 10:00-13:00
    holidays:
    - 12-25
    - 12-26
    - 01-01
segments:
- name: premium
  enter:
  - customer.value >= 80.0
  stay:
  - customer.value >= 75.0
  trust: caller-id
- name: at-risk
  enter:
  - customer.need >= 75.0
  stay:
  - customer.need >= 65.0
- name: won-back
  enter:
  - customer.lapsed
  - customer.potential >= 70.0
- name: frequent
- name: standard
  enter:
  - customer.found
treatments:
  premium:
    queue: premium
    priority: 100
    greeting: none
    questions: false
    steps:
    - after: 45
      queue: general-queue
  won-back:
    queue: premium
    priority: 60
    greeting: ivr/won-back
    questions: false
    steps:
    - after: 60
      queue: general-queue
  gold:
    queue: premium
    priority: 80
    greeting: none
    always-open: true
    steps:
    - after: 30
      priority: 120
    - after: 60
      queue: general-queue
  rescue:
    queue: general-queue
    priority: 50
    steps:
    - after: 90
      priority: 60
  by-language:
    queue: general-{language}
    priority: 20
    steps:
    - after: 60
      queue: general-queue
      priority: 40
  general:
    queue: general-queue
    priority: 10
    announce:
      every: 60
      say:
      - position
      - wait
    steps:
    - after: 90
      priority: 40
    - after: 180
      priority: 110
    - after: 300
      offer: voicemail
  closed:
    say: ivr/closed
    then: voicemail
  refused:
    refuse: true
rules:
- name: premium is full
  when:
  - segment == "premium"
  - queues.waiting["premium"] >= 1
  treatment: rescue
- name: blocked
  when:
  - customer.blocked
  treatment: refused
- name: repeat caller
  when:
  - customer.contacts_7d >= 1
  adjust:
    priority: 5
- name: gave up last time
  when:
  - customer.abandoned_last
  - customer.days_since_contact < 2.0
  adjust:
    priority: 15
- name: something is wrong
  when:
  - call.intent == "trouble"
  adjust:
    priority: 10
- name: self-service first
  when:
  - customer.prefers_self_service
  - customer.value >= 60.0
  adjust:
    self-service: account
- name: premium
  when:
  - segment == "premium"
  treatment: premium
- name: gold contract
  when:
  - customer.contract == "gold"
  treatment: gold
- name: at-risk
  when:
  - segment == "at-risk"
  treatment: rescue
- name: won-back
  when:
  - segment == "won-back"
  treatment: won-back
- name: frequent
  when:
  - segment == "frequent"
  treatment: rescue
- name: another language
  when:
  - call.language != "en"
  treatment: by-language
- name: standard
  when:
  - segment == "standard"
  treatment: general
default: general
', '# Who answers calls. A skill of 5 in a queue means: ring this agent first; 1: only when all others are busy.
# The service brings Asterisk''s queues into step with this file within two seconds of a change, and leaves
# alone every member that is not, and never was, declared here.

agents:
  - name: Anna Berg
    interface: PJSIP/anna
    skills: {premium: 5}
    languages: [en, de]
  - name: Ben Okafor
    interface: PJSIP/ben
    skills: {premium: 3, general-queue: 5}
    languages: [en]
  - name: Cleo Marsh
    interface: PJSIP/cleo
    skills: {general-queue: 4, general-fr: 5}
    languages: [en, fr]
  - name: Dora Klein
    interface: PJSIP/dora
    skills: {general-de: 5}
    languages: [de]
', 1795978817.6247766);

SELECT pg_catalog.setval('public.facts_id_seq', 908, true);

SELECT pg_catalog.setval('public.pin_tries_id_seq', 24, true);

SELECT pg_catalog.setval('public.policy_publications_id_seq', 5, true);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT pk_calls PRIMARY KEY (call_id);

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT pk_customers PRIMARY KEY (customer_id);

ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (call_id);

ALTER TABLE ONLY public.facts
    ADD CONSTRAINT pk_facts PRIMARY KEY (id);

ALTER TABLE ONLY public.members
    ADD CONSTRAINT pk_members PRIMARY KEY (queue, interface);

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT pk_phones PRIMARY KEY (number, customer_id);

ALTER TABLE ONLY public.pin_tries
    ADD CONSTRAINT pk_pin_tries PRIMARY KEY (id);

ALTER TABLE ONLY public.policy_publications
    ADD CONSTRAINT pk_policy_publications PRIMARY KEY (id);

ALTER TABLE ONLY public.policy_versions
    ADD CONSTRAINT pk_policy_versions PRIMARY KEY (version);

ALTER TABLE ONLY public.facts
    ADD CONSTRAINT uq_facts_call_id UNIQUE (call_id, kind, at);

CREATE INDEX ix_calls_contacts ON public.calls USING btree (customer_id, routed_at) WHERE (((customer_id)::text <> ''::text) AND (NOT test));

CREATE INDEX ix_calls_open ON public.calls USING btree (call_id) WHERE (ended_at IS NULL);

CREATE INDEX ix_calls_routed_at ON public.calls USING btree (routed_at);

CREATE INDEX ix_calls_sip_call_id ON public.calls USING btree (sip_call_id);

CREATE INDEX ix_customers_customer_number ON public.customers USING btree (customer_number, customer_id) WHERE ((customer_number)::text <> ''::text);

CREATE INDEX ix_decisions_at ON public.decisions USING btree (at);

CREATE INDEX ix_phones_customer_id ON public.phones USING btree (customer_id);

CREATE INDEX ix_pin_tries_customer_id ON public.pin_tries USING btree (customer_id, id);

ALTER TABLE ONLY public.phones
    ADD CONSTRAINT fk_phones_customer_id FOREIGN KEY (customer_id) REFERENCES public.customers(customer_id);

ALTER TABLE ONLY public.policy_publications
    ADD CONSTRAINT fk_policy_publications_version FOREIGN KEY (version) REFERENCES public.policy_versions(version);

