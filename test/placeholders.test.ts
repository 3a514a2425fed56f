import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholderFor } from '../src/route/placeholders.ts';

const VALUES: Record<string, string[]> = {
  '{id}': ['0', '7', '42', '18813', '-5', '007', '9007199254740993', '1'.repeat(40)],
  '{uuid}': [
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    '3F2504E0-4F89-11D3-9A0C-0305E82C3301',
    '{3f2504e0-4f89-11d3-9a0c-0305e82c3301}',
    '00000000-0000-0000-0000-000000000000',
  ],
  '{date}': [
    '2026-11-23',
    '2026-11',
    '1999-01-31',
    '2026-11-23T20:50:35Z',
    '20261123T2050',
    '2026-11-23T20:50:35.123+01:00',
  ],
  '{ip}': ['127.0.0.1', '10.1.2.255'],
  '{number}': ['3.14', '-0.5', '12,5', '1.0'],
  '{ulid}': ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '01arz3ndektsv4rrffq69g5fav'],
  '{hash}': [
    'd41d8cd98f00b204e9800998ecf8427e',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'DA39A3EE',
    '1a2b3c4d',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '3f2504e04f8911d39a0c0305e82c3301',
  ],
  '{email}': ['a@b.org', 'jane.doe+x@mail.example.com', 'jane%40example.com'],
  '{key}': ['k1168', 'order-20391', 'INV_00042', 'a71', 'PROJ-1234', 'user123'],
  '{token}': ['dGhpcyBpcyBhIHRlc3Q0Mg', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'Zx81kQ0aPq7LmN4rT2vB'],
};

for (const [placeholder, segments] of Object.entries(VALUES)) {
  for (const segment of segments) {
    test(`${segment} is ${placeholder}`, () => assert.equal(placeholderFor(segment), placeholder));
  }
}

const PLACES = [
  '', 'users', 'v1', 'v2', 'V3', 'v10', 'oauth2', 'mp3', 'mp4', 's3', 'utf8', 'utf-8', 'i18n', 'l10n', 'a11y', '2fa', 'h2',
  'python3', 'base64', 'sha256', 'sha1', 'md5', 'x509', 'web2py', 'page2', 'page-2', 'step1', 'top10', '3d', '404.html', '2024-report',
  'index.html', 'style.min.css', 'jquery-3.6.0.min.js', 'app.py', 'favicon.ico', 'robots.txt', 'deadbeef', 'facade', 'cafe',
  'login', 'terms-and-conditions', 'how-to-write-a-very-long-slug-for-an-article', 'api', '-', '.', '..', '~', '@', '@me', 'user@',
  '.well-known', 'new', 'søk', '日本', 'Übersicht', 'k8s', 'top-10-ways-to-save-memory-in-python-3', 'windows10', 'a7', 'x86', 'X509', 'SHA512',
]; // biome-ignore format: a list of words

for (const segment of PLACES) {
  test(`"${segment}" stays`, () => assert.equal(placeholderFor(segment), undefined));
}
