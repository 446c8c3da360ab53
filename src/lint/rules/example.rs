//! The example of hand-written code: an offload to which no default applies, so that its function has
//! the given options and no others.

/// A spec of existing code whose function has these options; perhaps with an accepted finding.
macro_rules! existing {
    ($options:literal) => {
        existing!($options, "")
    };
    ($options:literal, accepting $rule:literal) => {
        existing!(
            $options,
            concat!("    allow: [{ rule: ", $rule, ", reason: The handler skips what it has done. }]\n")
        )
    };
    ($options:literal, $more:expr) => {
        concat!(
            "offloads:\n",
            "  nightly-report:\n",
            "    status: existing\n",
            "    source: cron/nightly-report\n",
            "    payload: BackgroundDispatchEventData\n",
            "    dispatchKey: \"cron:{job}:{window}\"\n",
            "    event: cron/nightly-report.requested\n",
            "    eventId: \"{event}:{dispatchKey}\"\n",
            "    flag: CRON_NIGHTLY_REPORT_USE_INNGEST\n",
            "    function: { id: cron-nightly-report, jobName: cron-nightly-report, ",
            $options,
            " }\n",
            $more,
            "rollout: [{ offload: nightly-report, step: verify }]\n",
        )
    };
}

pub(super) use existing;
