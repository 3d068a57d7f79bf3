//! What is timed: normalization of one document of about 64 KB, and making a
//! `Text` of it (normalization, lower case, lines, quotes, both-way map). The
//! input is made of the sentences below, composed or decomposed; each round
//! checks its answer.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use unicode_normalization::UnicodeNormalization;
use vanban::text::{Text, fold, normalize};

const SENTENCES: [&str; 6] = [
    "Ngày 12/5/2022, Ủy ban nhân dân huyện Phú Hòa ban hành Kế hoạch số 31/KH-UBND.",
    "Các xã, thị trấn vận động mỗi hộ trồng ít nhất hai cây xanh trước mùa mưa.",
    "Phong trào “Xanh từ ngõ vào nhà” được phát động ở cả trường học và cơ quan.",
    "Kinh phí 1.250 triệu đồng, trong đó xã hội hóa 40%, còn lại từ ngân sách.",
    "Đoàn thanh niên làm nòng cốt; Hội Phụ nữ phụ trách phân loại rác tại nguồn.",
    "Cuối năm, huyện tổng kết, khen thưởng tập thể và cá nhân có thành tích.",
];

/// A document of `len` bytes or a little more.
fn document(len: usize) -> String {
    let mut text = String::new();
    for (i, sentence) in SENTENCES.iter().cycle().enumerate() {
        if text.len() >= len {
            break;
        }
        text.push_str(sentence);
        text.push(if i % 3 == 2 { '\n' } else { ' ' });
    }
    text
}

fn normalizing(c: &mut Criterion) {
    let composed = document(64 << 10);
    let decomposed: String = composed.nfd().collect();
    let mut group = c.benchmark_group("normalize");
    for (name, raw) in [("nfc", &composed), ("nfd", &decomposed)] {
        group.throughput(Throughput::Bytes(raw.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| assert_eq!(normalize(black_box(raw)), composed));
        });
        group.bench_function(format!("{name}/text"), |b| {
            b.iter(|| {
                let text = Text::new(black_box(raw.as_str()));
                assert_eq!(text.norm().len(), composed.len());
                text
            });
        });
        group.bench_function(format!("{name}/unicode-normalization"), |b| {
            b.iter(|| {
                let nfc: String = black_box(raw).nfc().collect();
                assert_eq!(nfc, composed);
            });
        });
    }
    let folded = fold(&decomposed);
    group.throughput(Throughput::Bytes(composed.len() as u64));
    group.bench_function("fold", |b| {
        b.iter(|| assert_eq!(fold(black_box(&composed)), folded));
    });
    group.finish();
}

criterion_group!(benches, normalizing);
criterion_main!(benches);
