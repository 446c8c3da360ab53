//! Environment variables that deployments and tests have of themselves.

/// What says in which kind of deployment code runs: Next.js sets the first, Vercel the second.
pub(in crate::conform) const OF_DEPLOYMENT: [&str; 2] = ["NODE_ENV", "VERCEL_ENV"];

/// What says that code runs in a test or in CI, where no contract is kept.
const OF_TESTS: [&str; 3] = ["VITEST", "JEST_WORKER_ID", "CI"];

/// Whether a variable says in which kind of deployment code runs.
pub(in crate::conform) fn is_of_deployment(name: &str) -> bool {
    OF_DEPLOYMENT.contains(&name)
}

/// Whether a variable says where code runs, also in a test: what depends on it is no switch.
pub(in crate::conform) fn says_where(name: &str) -> bool {
    is_of_deployment(name) || OF_TESTS.contains(&name)
}
