//! Office documents with a password, encrypted by hand ([MS-OFFCRYPTO]), so that they can lie.

use std::io::{Cursor, Write as _};

use aes::cipher::block_padding::NoPadding;
use aes::cipher::{Array, BlockCipherEncrypt as _, BlockModeEncrypt as _, KeyInit as _, KeyIvInit as _};
use aes::{Aes128, Aes256};
use cfb::CompoundFile;
use data_encoding::BASE64;
use sha1::Sha1;
use sha2::{Digest, Sha512};

/// The password of these documents.
pub(crate) const PASSWORD: &str = "河清x";

/// Salts of both kinds, the bytes that tell whether a password is right, and the key of the document.
const SALT: [u8; 16] = *b"salt of the word";
const DATA_SALT: [u8; 16] = *b"salt of the data";
const VERIFIER: [u8; 16] = *b"these tell right";
const KEY: [u8; 32] = *b"the key that opens this document";

/// How Word encrypts a file today. `rounds` are those that it says; of very many, none is done.
pub(crate) fn agile(file: &[u8], rounds: u32) -> Vec<u8> {
    let mut sum = Sha512::digest([&SALT[..], &utf_16()].concat());
    for count in 0..rounds.min(1000) {
        sum = Sha512::digest([&count.to_le_bytes()[..], &sum].concat());
    }
    let locked = |by: u64, bytes: &[u8]| {
        let key = Sha512::digest([&sum[..], &by.to_be_bytes()].concat());
        BASE64.encode(&chained(&key[..32], &SALT, bytes))
    };
    let ciphers = "blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" \
                   cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\"";
    let said = format!(
        "<?xml version=\"1.0\"?><encryption xmlns=\"e\" xmlns:p=\"p\"><keyData saltSize=\"16\" {ciphers} saltValue=\"{}\"/>\
         <keyEncryptors><keyEncryptor><p:encryptedKey spinCount=\"{rounds}\" {ciphers} saltValue=\"{}\" \
         encryptedVerifierHashInput=\"{}\" encryptedVerifierHashValue=\"{}\" encryptedKeyValue=\"{}\"/>\
         </keyEncryptor></keyEncryptors></encryption>",
        BASE64.encode(&DATA_SALT),
        BASE64.encode(&SALT),
        locked(0xfea7_d276_3b4b_9e79, &VERIFIER),
        locked(0xd7aa_0f6d_3061_344e, &Sha512::digest(VERIFIER)),
        locked(0x146e_0be7_abac_d0d6, &KEY),
    );
    let mut package = (file.len() as u64).to_le_bytes().to_vec();
    for (count, segment) in (0_u32..).zip(file.chunks(4096)) {
        let beginning = Sha512::digest([&DATA_SALT[..], &count.to_le_bytes()].concat());
        package.extend(chained(&KEY, &beginning[..16], segment));
    }
    container(&[&[4, 0, 4, 0, 0x40, 0, 0, 0], said.as_bytes()].concat(), &package)
}

/// How Word 2007 and other programs encrypt a file.
pub(crate) fn standard(file: &[u8]) -> Vec<u8> {
    let mut sum = Sha1::digest([&SALT[..], &utf_16()].concat());
    for count in 0..50_000_u32 {
        sum = Sha1::digest([&count.to_le_bytes()[..], &sum].concat());
    }
    let sum = Sha1::digest([&sum[..], &[0; 4]].concat());
    let mut filled = [0x36; 64];
    filled.iter_mut().zip(sum).for_each(|(byte, of_sum)| *byte ^= of_sum);
    let cipher = Aes128::new_from_slice(&Sha1::digest(filled)[..16]).unwrap();
    let alone = |bytes: &[u8]| {
        let mut bytes = whole(bytes);
        for block in bytes.chunks_mut(16) {
            cipher.encrypt_block(<&mut Array<u8, _>>::try_from(block).unwrap());
        }
        bytes
    };
    let numbers =
        |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
    let header = numbers(&[0x24, 0, 0x660e, 0x8004, 128, 0x18, 0, 0]);
    let said = [
        numbers(&[0x0002_0003, 0x24, u32::try_from(header.len()).unwrap()]),
        header,
        numbers(&[16]),
        SALT.to_vec(),
        alone(&VERIFIER),
        numbers(&[20]),
        alone(&Sha1::digest(VERIFIER)),
    ];
    container(&said.concat(), &[(file.len() as u64).to_le_bytes().to_vec(), alone(file)].concat())
}

/// A container with what is said of the encryption, and what is encrypted.
pub(crate) fn container(said: &[u8], package: &[u8]) -> Vec<u8> {
    let mut container = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in [("EncryptionInfo", said), ("EncryptedPackage", package)] {
        container.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    container.flush().unwrap();
    container.into_inner().into_inner()
}

fn chained(key: &[u8], beginning: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut bytes = whole(bytes);
    let length = bytes.len();
    let mode = cbc::Encryptor::<Aes256>::new_from_slices(key, beginning).unwrap();
    mode.encrypt_padded::<NoPadding>(&mut bytes, length).unwrap();
    bytes
}

/// The bytes filled up to whole blocks.
fn whole(bytes: &[u8]) -> Vec<u8> {
    let mut whole = bytes.to_vec();
    whole.resize(bytes.len().next_multiple_of(16), 0);
    whole
}

fn utf_16() -> Vec<u8> {
    PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
