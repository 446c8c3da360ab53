//! Folders by their paths, where the system has no calls that start at an open folder.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Kind;

/// A root, and the names of the folders from there.
#[derive(Debug, Clone)]
pub(in crate::workspace) struct Folder {
    root: PathBuf,
    names: Vec<String>,
}

impl Folder {
    /// A folder that a person named: links on the way to it are theirs.
    pub(in crate::workspace) fn root(path: &Path) -> io::Result<Self> {
        fs::read_dir(path)?;
        Ok(Self { root: path.to_owned(), names: Vec::new() })
    }

    /// The same folder, for somebody else to hold.
    pub(in crate::workspace) fn again(&self) -> io::Result<Self> {
        Ok(self.clone())
    }

    /// A folder in it; a link is none.
    pub(in crate::workspace) fn open(&self, name: &str) -> io::Result<Self> {
        let mut names = self.names.clone();
        names.push(name.to_owned());
        let folder = Self { root: self.root.clone(), names };
        folder.path().map(|_| folder)
    }

    /// A folder in it, made when it is not there.
    pub(in crate::workspace) fn make(&self, name: &str) -> io::Result<Self> {
        match self.open(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        match fs::create_dir(self.at(name)?) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => self.open(name),
        }
    }

    /// What a name stands for.
    pub(in crate::workspace) fn kind(&self, name: &str) -> io::Result<Kind> {
        Ok(fs::symlink_metadata(self.at(name)?)?.file_type().into())
    }

    /// Every name in it and what it stands for.
    pub(in crate::workspace) fn entries(&self) -> io::Result<Vec<(OsString, Kind)>> {
        let entries = fs::read_dir(self.path()?)?;
        entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?.into())))).collect()
    }

    /// A file to read; a link is not followed.
    pub(super) fn reader(&self, name: &str) -> io::Result<File> {
        File::open(self.file(name)?)
    }

    /// Writes a file that is not there yet. `like` is a file whose permissions it gets.
    pub(in crate::workspace) fn create(&self, name: &str, bytes: &[u8], like: Option<&str>) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(self.at(name)?)?;
        file.write_all(bytes)?;
        match like.map(|like| self.file(like).and_then(fs::metadata)) {
            Some(Ok(metadata)) => file.set_permissions(metadata.permissions()),
            _ => Ok(()),
        }
    }

    /// Gives a file a name that nothing has.
    pub(in crate::workspace) fn place(&self, from: &str, to: &str) -> io::Result<()> {
        match self.kind(to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.replace(from, to),
            Err(error) => Err(error),
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Gives a file a name, in the place of the file that has it.
    pub(in crate::workspace) fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from)?, self.at(to)?)
    }

    /// Removes a file or a link.
    pub(in crate::workspace) fn remove(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.at(name)?)
    }

    /// When a file was last written to.
    pub(in crate::workspace) fn modified(&self, name: &str) -> io::Result<SystemTime> {
        fs::symlink_metadata(self.at(name)?)?.modified()
    }

    /// Its path, when every folder on the way still is one.
    fn path(&self) -> io::Result<PathBuf> {
        let mut path = self.root.clone();
        for name in &self.names {
            path.push(name);
            if !fs::symlink_metadata(&path)?.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        Ok(path)
    }

    fn at(&self, name: &str) -> io::Result<PathBuf> {
        Ok(self.path()?.join(name))
    }

    /// The path of a file that is no link.
    fn file(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.at(name)?;
        if fs::symlink_metadata(&path)?.is_symlink() {
            return Err(io::Error::other("it is a symbolic link"));
        }
        Ok(path)
    }
}
