//! The walls around the process that reads: limits of the system on memory, time and files, and on Linux
//! Landlock (no files, no network) and a filter of system calls, one behind the other.
//!
//! Only safe interfaces are used. Where a system lacks one of the walls the others stand.

use std::process::ExitStatus;

use super::message::Request;

/// Builds the walls around this process. The error says what could not be limited.
#[cfg(not(target_os = "linux"))]
pub(super) fn build(_request: &Request) -> Result<(), String> {
    // Time is still limited from outside.
    Ok(())
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
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

    use super::Request;

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

    /// A lower limit that stands already is left to stand: it cannot be raised.
    fn limit(resource: Resource, most: u64, last: u64) -> Result<(), String> {
        let standing = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let both = Rlimit { current: Some(most.min(standing)), maximum: Some(last.min(standing)) };
        setrlimit(resource, both).map_err(|error| format!("{resource:?}: {error}"))
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

    /// A filter of system calls: none that opens a file, reaches another machine or starts a program succeeds.
    fn forbid_calls() -> Result<(), String> {
        let Ok(arch) = TargetArch::try_from(std::env::consts::ARCH) else { return Ok(()) };
        let rules: BTreeMap<i64, _> = FORBIDDEN.iter().map(|call| (*call, Vec::new())).collect();
        let denied = SeccompAction::Errno(libc::EACCES.unsigned_abs());
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, denied, arch);
        let program = filter.and_then(BpfProgram::try_from).map_err(|error| error.to_string())?;
        seccompiler::apply_filter(&program).map_err(|error| error.to_string())
    }

    /// Calls that a reader of bytes never needs. Threads need `clone`; a process made with it can start nothing.
    const FORBIDDEN: &[i64] = &[
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_openat,
        libc::SYS_openat2,
        libc::SYS_open_by_handle_at,
        libc::SYS_mkdirat,
        libc::SYS_mknodat,
        libc::SYS_unlinkat,
        libc::SYS_linkat,
        libc::SYS_symlinkat,
        libc::SYS_renameat2,
        libc::SYS_truncate,
        libc::SYS_fchmodat,
        libc::SYS_fchownat,
        libc::SYS_utimensat,
        libc::SYS_setxattr,
        libc::SYS_lsetxattr,
        libc::SYS_removexattr,
        libc::SYS_lremovexattr,
        libc::SYS_kill,
        libc::SYS_tkill,
        libc::SYS_pidfd_open,
        libc::SYS_pidfd_send_signal,
        libc::SYS_pidfd_getfd,
        libc::SYS_setpriority,
        libc::SYS_unshare,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_shmget,
        libc::SYS_msgget,
        libc::SYS_semget,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_mount,
        libc::SYS_bpf,
        libc::SYS_io_uring_setup,
        libc::SYS_memfd_create,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_fchmodat2,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_open,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_creat,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_fork,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_vfork,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_mkdir,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_unlink,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_rmdir,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_rename,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_renameat,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_link,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_symlink,
        #[cfg(target_arch = "x86_64")]
        libc::SYS_chmod,
    ];
}
