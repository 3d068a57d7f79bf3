// Writes N announcements of one invented movement, each with 12 items, the
// same on every machine: `node announcements.mjs FOLDER [N]`. For the tests of
// the page and for measuring cost.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const provinces = `An Giang;Bà Rịa - Vũng Tàu;Bạc Liêu;Bắc Giang;Bắc Kạn;Bắc Ninh;Bến Tre;Bình Dương;Bình Định;Bình Phước;Bình Thuận;Cà Mau;Cao Bằng;Đắk Lắk;Đắk Nông;Điện Biên;Đồng Nai;Đồng Tháp;Gia Lai;Hà Giang;Hà Nam;Hà Tĩnh;Hải Dương;Hậu Giang;Hòa Bình;Hưng Yên;Khánh Hòa;Kiên Giang;Kon Tum;Lai Châu;Lạng Sơn;Lào Cai;Lâm Đồng;Long An;Nam Định;Nghệ An;Ninh Bình;Ninh Thuận;Phú Thọ;Phú Yên;Quảng Bình;Quảng Nam;Quảng Ngãi;Quảng Ninh;Quảng Trị;Sóc Trăng;Sơn La;Tây Ninh;Thái Bình;Thái Nguyên;Thanh Hóa;Thừa Thiên Huế;Tiền Giang;Trà Vinh;Tuyên Quang;Vĩnh Long;Vĩnh Phúc;Yên Bái;Cần Thơ;Đà Nẵng;Hà Nội;Hải Phòng;Hồ Chí Minh`.split(";");

// Twelve items; clauses are cut at semicolons.
const items = [
  "Quán triệt đầy đủ chủ trương về phát triển đọc sách; người đứng đầu cơ quan nêu gương đọc ít nhất một cuốn sách mỗi tháng; đưa chỉ tiêu đọc sách vào kế hoạch công tác năm",
  "Tuyên truyền ngày sách trên báo, đài và loa phường; giới thiệu sách hay trong giờ chào cờ; treo áp phích ở bến xe, nhà ga",
  "Xây dựng tủ sách lớp học ở mọi trường tiểu học; huy động phụ huynh tặng truyện tranh, sách khoa học; mở cửa thư viện trường vào chiều thứ bảy",
  "Luân chuyển xe thư viện lưu động tới xã vùng sâu; tặng sách chữ nổi cho người khiếm thị; phục vụ bạn đọc tại trạm y tế, nhà văn hóa thôn",
  "Số hóa tài liệu địa chí, gia phả, hương ước cổ; cấp tài khoản đọc sách điện tử miễn phí cho học sinh; kết nối dữ liệu giữa các thư viện huyện",
  "Bồi dưỡng nghiệp vụ cho cán bộ thư viện; tổ chức hội thi kể chuyện theo sách; khuyến khích giáo viên viết bài điểm sách",
  "Vận động doanh nghiệp góp quỹ mua sách; dành một phần kinh phí khuyến học làm tủ sách nông dân; công khai danh sách nhà tài trợ",
  "Nâng cấp phòng đọc, bàn ghế, ánh sáng ở thư viện tỉnh; lắp mái che cho phố sách cuối tuần; bố trí chỗ gửi xe miễn phí",
  "Xóa mù chữ cho người lớn tuổi ở bản xa; mở lớp buổi tối trong nhà rông; cấp vở, kính lão cho học viên",
  "Đấu tranh với sách in lậu, sách độc hại; kiểm tra cửa hàng photocopy quanh trường đại học; xử phạt nghiêm việc tẩy xóa tem chống giả",
  "Giữ gìn bản thảo, mộc bản, sắc phong trong đình làng; tập huấn cách chống mối mọt, ẩm mốc; trưng bày sách cổ dịp lễ hội",
  "Phát hiện, biểu dương gia đình đọc sách, dòng họ khuyến học; trao giải bạn đọc nhỏ tuổi; sơ kết phong trào vào tháng 4 hằng năm",
];
const local = [
  "dịch sách sử thi sang tiếng dân tộc tại chỗ",
  "đặt tủ sách trên tàu cá đánh bắt xa bờ",
  "mở quán cà phê sách ở phố cổ",
  "lập thư viện trong trại giam để phạm nhân học nghề",
  "tặng sách cho công nhân ở khu nhà trọ",
  "phát thanh truyện đọc đêm khuya cho đồn biên phòng",
];
const synonyms = [
  ["đầy đủ", "nghiêm túc"],
  ["ít nhất", "tối thiểu"],
  ["Tuyên truyền", "Truyền thông về"],
  ["huy động", "vận động"],
  ["tặng", "trao"],
  ["khuyến khích", "động viên"],
  ["Nâng cấp", "Cải tạo"],
  ["kiểm tra", "rà soát"],
  ["Phát hiện", "Tìm"],
];

let state = 20211001n;
function dice(below) {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number((state >> 33n) % BigInt(below));
}

function announcement(n) {
  const place = n % provinces.length;
  const province = provinces[place];
  const body = place < 58 ? "tỉnh" : "thành phố";
  const lines = items.map((item) => {
    let clauses = item.split("; ").filter(() => dice(100) >= 12);
    if (clauses.length === 0) clauses = [item.split("; ")[0]];
    clauses = clauses.map((clause) => {
      let words = clause;
      for (const [from, to] of synonyms) if (dice(2)) words = words.replace(from, to);
      return dice(6) === 0 ? `${words} trên địa bàn ${body} ${province}` : words;
    });
    if (dice(9) === 0) clauses.push(local[dice(local.length)]);
    return clauses.join("; ");
  });
  for (let k = 0; k < 2; k += 1) {
    const [moved] = lines.splice(dice(lines.length), 1);
    lines.splice(dice(lines.length + 1), 0, moved);
  }
  const day = 1 + dice(28);
  const month = 1 + dice(9);
  const list = lines.map((line, i) => `${i + 1}. ${line[0].toUpperCase()}${line.slice(1)}.`);
  return `${province}: Phát động phong trào thi đua đọc sách

${day + 1 > 28 ? 28 : day + 1}/${month}/2023

Ngày ${day}/${month}/2023, UBND ${body} ${province} ban hành Kế hoạch số ${10 + dice(900)}/KH-UBND phát động phong trào thi đua “${province} chung sức xây dựng văn hóa đọc, vì một xã hội học tập”. Các cơ quan, đơn vị tập trung thi đua thực hiện các nội dung chủ yếu sau:

${list.join("\n\n")}

Phong trào được triển khai từ tháng ${month} năm 2023 đến hết năm 2025.
`;
}

export function write(folder, count) {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n += 1) {
    writeFileSync(join(folder, `announcement-${String(n).padStart(3, "0")}.txt`), announcement(n));
  }
}

if (process.argv[1]?.endsWith("announcements.mjs")) {
  const [folder, count] = process.argv.slice(2);
  if (!folder) throw new Error("usage: node announcements.mjs FOLDER [N]");
  write(folder, Number(count ?? 63));
}
