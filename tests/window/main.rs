//! The window, driven through its accessible labels.
