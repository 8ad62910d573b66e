//! vyer
