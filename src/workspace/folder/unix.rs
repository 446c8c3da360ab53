//! Folders by their descriptors: what a name is looked up in cannot be changed by anyone.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::SystemTime;

use rustix::fs::{AtFlags, Dir, Mode, OFlags};

use super::Kind;

/// An open folder.
#[derive(Debug)]
pub(in crate::workspace) struct Folder(OwnedFd);

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

impl Folder {
    /// A folder that a person named: links on the way to it are theirs.
    pub(in crate::workspace) fn root(path: &Path) -> io::Result<Self> {
        // A current directory has an empty path.
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Ok(Self(rustix::fs::open(path, FOLDER, Mode::empty())?))
    }

    /// The same folder, for somebody else to hold.
    pub(in crate::workspace) fn again(&self) -> io::Result<Self> {
        Ok(Self(self.0.try_clone()?))
    }

    /// A folder in it; a link is none.
    pub(in crate::workspace) fn open(&self, name: &str) -> io::Result<Self> {
        Ok(Self(rustix::fs::openat(&self.0, name, FOLDER | OFlags::NOFOLLOW, Mode::empty())?))
    }

    /// A folder in it, made when it is not there.
    pub(in crate::workspace) fn make(&self, name: &str) -> io::Result<Self> {
        match self.open(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        match rustix::fs::mkdirat(&self.0, name, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(rustix::io::Errno::EXIST) => self.open(name),
            Err(error) => Err(error.into()),
        }
    }

    /// What a name stands for.
    pub(in crate::workspace) fn kind(&self, name: &str) -> io::Result<Kind> {
        let stat = rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(kind(rustix::fs::FileType::from_raw_mode(stat.st_mode)))
    }

    /// Every name in it and what it stands for.
    pub(in crate::workspace) fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let mut out = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let found = match entry.file_type() {
                // Some file systems do not say.
                rustix::fs::FileType::Unknown => {
                    let stat = rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)?;
                    rustix::fs::FileType::from_raw_mode(stat.st_mode)
                }
                known => known,
            };
            out.push((name.to_owned(), kind(found)));
        }
        Ok(out)
    }

    /// A file to read; a link is not followed, and a pipe is not waited for.
    pub(super) fn reader(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        Ok(File::from(rustix::fs::openat(&self.0, name, flags, Mode::empty())?))
    }

    /// Writes a file that is not there yet. `like` is a file whose permissions it gets.
    pub(in crate::workspace) fn create(&self, name: &str, bytes: &[u8], like: Option<&str>) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let mut file = File::from(rustix::fs::openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?);
        file.write_all(bytes)?;
        if let Some(like) = like
            && let Ok(stat) = rustix::fs::statat(&self.0, like, AtFlags::SYMLINK_NOFOLLOW)
        {
            rustix::fs::fchmod(&file, Mode::from_raw_mode(stat.st_mode & 0o777))?;
        }
        Ok(())
    }

    /// Gives a file a name that nothing has.
    pub(in crate::workspace) fn place(&self, from: &str, to: &str) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        match rustix::fs::renameat_with(&self.0, from, &self.0, to, rustix::fs::RenameFlags::NOREPLACE) {
            // Not every file system can.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
        match rustix::fs::statat(&self.0, to, AtFlags::SYMLINK_NOFOLLOW) {
            Err(rustix::io::Errno::NOENT) => self.replace(from, to),
            Err(error) => Err(error.into()),
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Gives a file a name, in the place of the file that has it.
    pub(in crate::workspace) fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, from, &self.0, to)?)
    }

    /// Removes a file or a link.
    pub(in crate::workspace) fn remove(&self, name: &str) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// When a file was last written to.
    pub(in crate::workspace) fn modified(&self, name: &str) -> io::Result<SystemTime> {
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        File::from(rustix::fs::openat(&self.0, name, flags, Mode::empty())?).metadata()?.modified()
    }
}

fn kind(found: rustix::fs::FileType) -> Kind {
    match found {
        rustix::fs::FileType::RegularFile => Kind::File,
        rustix::fs::FileType::Directory => Kind::Folder,
        rustix::fs::FileType::Symlink => Kind::Link,
        _ => Kind::Special,
    }
}
