//! The walls around the process that reads: limits of the system on memory, time and files, and on Linux
//! Landlock (no files, no network) and a filter of system calls, one behind the other. On other kinds of Unix there are
//! the limits on time and files. On Windows a job limits memory and lets it start no program ([`super::held`]); files and
//! network are open to it there. Everywhere there are the limits from outside, on time and on the size of the answer.
//!
//! Only safe interfaces are used. Where a system lacks one of the walls the others stand.

use std::process::ExitStatus;

use super::message::Request;

/// Builds the walls around this process. The error says what could not be limited.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail")]
pub(super) fn build(_request: &Request) -> Result<(), String> {
    Ok(())
}

/// Builds the walls around this process, as many as the system knows. Memory is not among them: macOS counts what all
/// programs share.
#[cfg(all(unix, not(target_os = "linux")))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can fail")]
pub(super) fn build(request: &Request) -> Result<(), String> {
    use rustix::process::Resource;
    let last = request.seconds.saturating_add(1);
    // Without another open file there is no network either; nothing is written, no program started.
    let none =
        [Resource::Nofile, Resource::Fsize, Resource::Nproc, Resource::Core].map(|which| (which, 0, 0));
    for (which, most, last) in none.into_iter().chain([(Resource::Cpu, request.seconds, last)]) {
        drop(limit(which, most, last));
    }
    Ok(())
}

/// Limits what this process may use. A lower limit that stands already is left to stand: it cannot be raised.
#[cfg(unix)]
fn limit(resource: rustix::process::Resource, most: u64, last: u64) -> Result<(), String> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let standing = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let both = Rlimit { current: Some(most.min(standing)), maximum: Some(last.min(standing)) };
    setrlimit(resource, both).map_err(|error| format!("{resource:?}: {error}"))
}

/// Whether a process was ended because its time was up.
#[cfg(not(unix))]
pub(super) fn is_out_of_time(_ended: Option<ExitStatus>) -> bool {
    false
}

/// Whether a process was ended because its time was up.
#[cfg(unix)]
pub(super) fn is_out_of_time(ended: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    /// SIGXCPU has this number on Linux and on macOS.
    const OUT_OF_TIME: i32 = 24;
    ended.and_then(|status| status.signal()) == Some(OUT_OF_TIME)
}

#[cfg(target_os = "linux")]
pub(super) use linux::build;

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;

    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, Scope};
    use rustix::process::Resource;
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, TargetArch,
    };

    use super::{Request, limit};

    /// Builds the walls around this process. The error says what could not be limited.
    pub(in crate::store::apart) fn build(request: &Request) -> Result<(), String> {
        let bytes = request.mebibytes.saturating_mul(1024 * 1024);
        limit(Resource::As, bytes, bytes)?;
        // At the first the process is told and ends, at the second it is ended.
        limit(Resource::Cpu, request.seconds, request.seconds.saturating_add(1))?;
        limit(Resource::Core, 0, 0)?;
        limit(Resource::Fsize, 0, 0)?;
        forbid_files()?;
        forbid_calls()
    }

    /// Landlock: no file can be opened, made or removed, no port bound or connected to. A kernel that does not
    /// know it, or not all of it, leaves the rest to the filter.
    fn forbid_files() -> Result<(), String> {
        let newest = ABI::V6;
        let rules = Ruleset::default()
            .handle_access(AccessFs::from_all(newest))
            .and_then(|rules| rules.handle_access(AccessNet::from_all(newest)))
            .and_then(|rules| rules.scope(Scope::from_all(newest)))
            .and_then(Ruleset::create)
            .and_then(landlock::RulesetCreated::restrict_self);
        rules.map(drop).map_err(|error| error.to_string())
    }

    /// A filter of system calls: none but those that a reader of bytes needs, and of these none about another process.
    fn forbid_calls() -> Result<(), String> {
        let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return Ok(()) };
        let say = |error: seccompiler::BackendError| error.to_string();
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
            ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
        // Limits are asked for of this process, which is called 0; signals go to its own threads.
        let own = u64::from(std::process::id());
        for (call, process) in [(libc::SYS_prlimit64, 0), (libc::SYS_tgkill, own)] {
            let of_it = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, process);
            let rule = of_it.and_then(|of_it| SeccompRule::new(vec![of_it])).map_err(say)?;
            rules.insert(call, vec![rule]);
        }
        let denied = SeccompAction::Errno(libc::EACCES.unsigned_abs());
        let filter = SeccompFilter::new(rules, denied, SeccompAction::Allow, arch).map_err(say)?;
        let program = BpfProgram::try_from(filter).map_err(say)?;
        seccompiler::apply_filter(&program).map_err(|error| error.to_string())
    }

    /// What a reader of bytes needs: what it was given and what it answers, memory, time, chance, and its own end. It
    /// starts no threads.
    const ALLOWED: &[i64] = &[
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_lseek,
        libc::SYS_fstat,
        libc::SYS_ppoll,
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_restart_syscall,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_getppid,
        libc::SYS_gettid,
        libc::SYS_sigaltstack,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_exit,
        libc::SYS_exit_group,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_poll,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_time,
    ];
}
