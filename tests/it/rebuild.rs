//! Proof of the shared text: a parent of our own writing is copied by a
//! seeded script that drops, reorders, rewords and inserts; the parent must
//! come back from the copies.

use crate::compare::document;
use std::collections::BTreeMap;
use vanban::compare::{Document, compare};

/// Items of the parent, clauses separated by `;`.
const PARENT: [&str; 10] = [
    "Thi đua trồng, chăm sóc và bảo vệ cây xanh ở trường học, công sở, khu dân cư; mỗi hộ gia đình nhận trồng và giữ ít nhất hai cây bóng mát; không chặt hạ cây cổ thụ khi chưa có ý kiến của cơ quan chuyên môn",
    "Thi đua phân loại rác tại nguồn, hạn chế túi ni lông và đồ nhựa dùng một lần; vận động tiểu thương ở các chợ chuyển sang gói hàng bằng lá, giấy; tổ chức thu gom pin cũ, dầu ăn thừa vào ngày cuối tháng",
    "Thi đua giữ gìn vỉa hè thông thoáng, không đổ vật liệu xây dựng ra lòng đường; sắp xếp lại hàng quán, bãi đỗ xe trước cổng bệnh viện, nhà ga",
    "Thi đua tiết kiệm điện trong cơ quan nhà nước và hộ gia đình; thay đèn chiếu sáng công cộng bằng đèn tiết kiệm năng lượng; khuyến khích lắp điện mặt trời trên mái nhà xưởng",
    "Thi đua đi lại bằng xe buýt, xe đạp trong giờ cao điểm; xây dựng làn đường riêng và điểm gửi xe đạp gần trường học",
    "Thi đua giáo dục học sinh yêu thiên nhiên qua vườn trường, câu lạc bộ quan sát chim; đưa nội dung bảo vệ động vật hoang dã vào giờ sinh hoạt lớp",
    "Thi đua kiểm tra khí thải của nhà máy xi măng, lò gạch, cơ sở tái chế kim loại; công bố chỉ số bụi mịn hằng ngày trên cổng thông tin; xử phạt nghiêm việc đốt rơm rạ ven quốc lộ",
    "Thi đua hỗ trợ nông dân ủ phân hữu cơ, nuôi giun quế, giảm thuốc trừ sâu; xây dựng cánh đồng mẫu không khói; bao tiêu gạo, rau sạch cho bếp ăn trường học",
    "Thi đua chăm lo sức khỏe người làm nghề thu gom phế liệu; cấp thẻ bảo hiểm y tế và đồ bảo hộ cho công nhân vệ sinh",
    "Thi đua phát hiện, biểu dương gia đình xanh, khu phố xanh; khen thưởng sáng kiến tái sử dụng nước mưa; sơ kết phong trào vào quý II hằng năm",
];

/// Words that the copyists use for one another; half of them stand in no
/// table of the program.
const REWORDED: [(&str, &str); 24] = [
    ("chăm sóc", "chăm lo"),
    ("ít nhất", "tối thiểu"),
    ("hạn chế", "giảm thiểu"),
    ("vận động", "kêu gọi"),
    ("tổ chức", "định kỳ"),
    ("giữ gìn", "bảo vệ"),
    ("thông thoáng", "gọn gàng"),
    ("sắp xếp lại", "bố trí lại"),
    ("khuyến khích", "khích lệ"),
    ("xây dựng", "hình thành"),
    ("gần", "cạnh"),
    ("giáo dục", "dạy"),
    ("đưa", "lồng ghép"),
    ("kiểm tra", "giám sát"),
    ("công bố", "niêm yết"),
    ("xử phạt nghiêm", "xử lý kiên quyết"),
    ("hỗ trợ", "giúp đỡ"),
    ("giảm", "bớt"),
    ("người làm nghề", "lao động"),
    ("cấp", "tặng"),
    ("phát hiện, biểu dương", "tìm, tôn vinh"),
    ("khen thưởng", "tuyên dương"),
    ("khi chưa", "nếu chưa"),
    ("trong giờ", "vào giờ"),
];

/// Clauses that a place adds of its own.
const LOCAL: [&str; 36] = [
    "khôi phục rừng ngập mặn ở cửa sông để nuôi cua, sò huyết",
    "bảo tồn giống voọc mũi hếch trong khu dự trữ sinh quyển",
    "di dời lò nung vôi khỏi chân đèo trước mùa khô",
    "tổ chức hội thi thuyền rồng không rác trên đầm phá",
    "nạo vét hồ thủy điện nhỏ, thả cá bản địa",
    "dựng hàng rào chắn voi rừng quanh nương sắn",
    "trồng dải phi lao chắn cát cho các xã bãi ngang",
    "giữ hương ước cấm săn ong trong rừng thiêng",
    "lập đội thuyền thúng vớt lưới ma quanh rạn san hô",
    "xây kè mềm bằng cọc tràm dọc kênh xáng",
    "phục dựng ruộng bậc thang bị lũ quét vùi lấp",
    "mở tuyến đi bộ ngắm hoa đỗ quyên có thu phí bảo tồn",
    "kiểm kê cây chè cổ và treo biển tên từng cây",
    "đóng cửa mỏ đá hộc sát khu di tích hang động",
    "chuyển đất trồng mía kém sang đồng cỏ nuôi cừu",
    "lắp trạm đo mặn tự ghi ở ba cửa cống",
    "thu mua vỏ sầu riêng làm chất đốt ép viên",
    "giao khoán bãi rùa đẻ cho tổ ngư dân tự quản",
    "dạy nghề làm gạch không nung cho thợ lò thủ công",
    "cấm ca nô chạy nhanh qua làng nổi nuôi cá bè",
    "đào ao trữ ngọt cho vườn dừa sáp",
    "quy hoạch nghĩa trang cây xanh thay mộ bê tông",
    "trồng tre gai giữ taluy đường lên cửa khẩu",
    "thả đèn hoa đăng bằng lá, cấm xốp ở lễ hội sông",
    "hỗ trợ nhà yến lắp loa giảm âm trong nội thị",
    "cải tạo giếng cổ của người Chăm làm điểm tham quan",
    "đổi bùn ao tôm lấy phân vi sinh",
    "khoanh vùng săn mây, hạn chế lều trại trên đỉnh núi",
    "nuôi bò sữa có hầm khí sinh học tập trung",
    "đặt thùng thu thuốc trừ cỏ hết hạn ở kho hợp tác xã",
    "phục tráng lúa nếp nương và lễ mừng cơm mới",
    "cắm phao ranh giới khu cấm đánh bắt quanh hòn đảo",
    "gia cố bờ bao vùng trũng trồng bông điên điển",
    "thử nghiệm xe điện chở khách trong phố cổ",
    "bảo vệ bãi bồi cho đàn sếu về trú đông",
    "ghép mai vàng cổ thụ, lập vườn gen ở đồn biên phòng",
];

const PLACES: [&str; 12] = [
    "Bắc Kạn",
    "Cao Bằng",
    "Hà Nam",
    "Hưng Yên",
    "Kiên Giang",
    "Ninh Thuận",
    "Phú Yên",
    "Quảng Trị",
    "Sóc Trăng",
    "Tây Ninh",
    "Tiền Giang",
    "Đắk Lắk",
];

/// A linear congruential generator: the same copies on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.next(100) < percent
    }
}

struct Copies {
    documents: Vec<Document>,
    /// Clauses of the parent.
    parent: usize,
    /// Document and words of a copied clause to its clause in the parent.
    origin: BTreeMap<(String, String), usize>,
}

fn copies(n: usize, seed: u64) -> Copies {
    let mut dice = Dice(seed);
    let mut origin = BTreeMap::new();
    let mut documents = Vec::new();
    let mut local = 0;
    for &place in &PLACES[..n] {
        let mut items: Vec<Vec<String>> = Vec::new();
        let mut number = 0;
        for item in PARENT {
            let mut clauses = Vec::new();
            for clause in item.split("; ") {
                let id = number;
                number += 1;
                if dice.chance(22) {
                    continue;
                }
                let words = edit(clause, place, &mut dice);
                origin.insert((place.to_owned(), words.clone()), id);
                clauses.push(words);
            }
            if dice.chance(25) {
                let own = LOCAL[local % LOCAL.len()].to_owned();
                local += 1;
                let at = dice.next(clauses.len() + 1);
                clauses.insert(at, own);
            }
            if dice.chance(20) && clauses.len() > 1 {
                let moved = clauses.remove(0);
                clauses.push(moved);
            }
            if !clauses.is_empty() {
                items.push(clauses);
            }
        }
        for _ in 0..2 {
            let from = dice.next(items.len());
            let item = items.remove(from);
            let to = dice.next(items.len() + 1);
            items.insert(to, item);
        }
        documents.push(news(place, &items));
    }
    let parent = PARENT.iter().map(|i| i.split("; ").count()).sum();
    Copies { documents, parent, origin }
}

fn edit(clause: &str, place: &str, dice: &mut Dice) -> String {
    let mut words = clause.to_owned();
    for (from, to) in REWORDED {
        if dice.chance(45) {
            words = words.replacen(from, to, 1);
        }
    }
    match dice.next(10) {
        0 => words += &format!(" trên địa bàn tỉnh {place}"),
        1 => words += ", nhất là ở các huyện, thị xã ven đường lớn",
        2 => words += " trước ngày 30 tháng 9",
        _ => {}
    }
    words
}

/// News of an announcement with these items.
fn news(place: &str, items: &[Vec<String>]) -> Document {
    let mut text = format!(
        "Ngày 5/6/2022, UBND tỉnh {place} ban hành Kế hoạch số 9/KH-UBND phát động phong trào thi đua “{place} xanh”. Các nội dung thi đua:\n\n"
    );
    for (i, clauses) in items.iter().enumerate() {
        text += &format!("{}. {}.\n\n", i + 1, clauses.join("; "));
    }
    let document = document(place, &text);
    let contents = document.record.contents.as_ref().expect("contents");
    assert_eq!(contents.items.len(), items.len(), "{place}");
    document
}

/// Clause F1 of the text rebuilt from `n` copies: a shared clause is right if
/// all its copies come from one clause of the parent that no better one has.
fn rebuilt(n: usize, seed: u64) -> f64 {
    let mut made = copies(n, seed);
    let comparison = compare(&mut made.documents);
    let mut found = vec![false; made.parent];
    let mut wrong = 0;
    for clause in &comparison.common.clauses {
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for copy in &clause.copies {
            let side = &comparison.documents[copy.document];
            let words =
                &side.items[copy.item - 1].clauses[copy.clause - 1].text;
            let key = (side.id.clone(), words.clone());
            *counts.entry(made.origin.get(&key).copied()).or_default() += 1;
        }
        match counts.into_iter().next_back() {
            Some((Some(id), n)) if n == clause.copies.len() && !found[id] => {
                found[id] = true;
            }
            _ => wrong += 1,
        }
    }
    let right = found.iter().filter(|f| **f).count();
    let missed = made.parent - right;
    2.0 * right as f64 / (2 * right + wrong + missed) as f64
}

#[test]
fn the_parent_comes_back_from_its_copies() {
    for (n, least) in [(3, 0.85), (6, 0.90), (12, 0.90)] {
        let scores: Vec<f64> =
            [1, 2021, 240].map(|seed| rebuilt(n, seed)).to_vec();
        assert!(
            scores.iter().all(|&score| score >= least),
            "{n} copies: {scores:.3?}"
        );
    }
}
