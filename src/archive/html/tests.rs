//! Pages of our own, each for one way that portals build theirs.

use crate::archive::{RawDocument, ReadOptions, open_reader};
use std::time::{Duration, Instant};

fn document(page: &[u8]) -> RawDocument {
    let options = ReadOptions::default();
    let mut found = open_reader("page.html", page, None, &options);
    found.next().unwrap().unwrap()
}

fn text(page: &str) -> String {
    document(page.as_bytes()).text
}

/// A page of a province around the given article.
fn portal(article: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8>\
         <title>Trang chủ - Cổng thông tin tỉnh Bắc Sơn</title>\
         <style>p {{ color: red }}</style><script>var x = '<p>không</p>';\
         </script></head><body>\
         <div id=banner><h1><a href=/>Cổng thông tin điện tử</a></h1></div>\
         <div class=top>Thứ hai, 8/4/2019 - 13:01</div>\
         <ul class='mainNav'><li><a href=/>Trang chủ</a><li><a href=/a>Giới \
         thiệu</a><li><a href=/b>Văn bản chỉ đạo điều hành của tỉnh</a></ul>\
         <div class=breadcrumb><a href=/>Trang chủ</a> » Tin tức</div>\
         <table><tr><td class=left><ul><li><a href=/c>Lịch tiếp công dân</a>\
         <li><a href=/d>Thủ tục hành chính</a></ul></td><td class=center>\
         {article}</td><td class=right><h3>Số lượt truy cập</h3>\
         <span>1</span><span>2</span><p>Khách online: 59</p></td></tr></table>\
         <div id=chan>Trang chủ | Liên hệ | RSS<br>Giấy phép số 12/GP-TTĐT \
         do Sở Thông tin và Truyền thông cấp ngày 2/1/2018<br>Địa chỉ: 5 \
         đường Hùng Vương, thị trấn Bắc Sơn, tỉnh Lạng Sơn, Việt Nam.</div>\
         </body></html>"
    )
}

const PLAN: &str = "UBND tỉnh ban hành Kế hoạch số 25/KH-UBND ngày 3/4/2019 \
    về phát động phong trào thi đua xây dựng nông thôn mới trên địa bàn tỉnh.";
const REST: &str = "Các sở, ngành, địa phương báo cáo kết quả về Ban Thi đua \
    - Khen thưởng trước ngày 15 tháng 12 hằng năm để tổng hợp.";

#[test]
fn headline_date_body_and_nothing_else() {
    let page = portal(&format!(
        "<div class=tieude>Phát động phong trào thi đua năm 2019</div>\
         <span class=date>05/04/2019 08:30</span>\
         <div class=tools><a href=#>Bản in</a> | <a href=#>Gửi email</a></div>\
         <p><b>{PLAN}</b></p><p>{REST}</p><p align=right>Hà Thu</p>\
         <p>Lượt xem: 157</p><h4>Các tin đã đưa ngày:</h4>\
         <ul><li><a href=/x>Hội nghị tổng kết công tác năm 2018</a>\
         <li><a href=/y>1. Thi đua lập thành tích chào mừng đại hội</a></ul>"
    ));
    assert_eq!(
        text(&page),
        format!(
            "Phát động phong trào thi đua năm 2019\n05/04/2019 08:30\n{PLAN}\n\
             {REST}\nHà Thu"
        )
    );
}

#[test]
fn a_page_whose_text_is_a_file_is_its_headline() {
    let page = portal(
        "<table><tr><td class=FolderTitle>Văn bản chỉ đạo</td>\
         <td class=Time>thứ hai, 29 07 2019 15:16</td></tr></table>\
         <p class=Title>Nghị quyết số 11/NQ-HĐND ngày 17/8/2018 của HĐND \
         huyện</p><p>Xem chi tiết <a href=a.pdf>tại đây</a></p>\
         <p class=OtherTitle>TIN ĐÃ ĐƯA</p><ul><li><a href=/x>Họp thành viên \
         UBND tỉnh thường kỳ</a><span class=ShowDate>(08/08/2019)</span></ul>",
    );
    assert_eq!(
        text(&page),
        "Nghị quyết số 11/NQ-HĐND ngày 17/8/2018 của HĐND huyện\n\
         thứ hai, 29 07 2019 15:16"
    );
}

#[test]
fn lists_keep_their_numbers_and_dashes() {
    let page = portal(&format!(
        "<h1>Kế hoạch thi đua</h1><p>{PLAN}</p><p>Nội dung thi đua gồm:</p>\
         <ol><li>Thi đua sản xuất<li><p>Thi đua học tập</p>\
         <ul><li>Ở trường</li><li>Ở nhà</li></ul></li>\
         <li value=7>Thi đua khác</ol>\
         <ol type=a start=3><li>Rà soát<li>Báo cáo</ol>\
         <ol><li>1) Có số sẵn</li></ol>\
         <ul style='list-style:none'><li>Không dấu</ul><p>{REST}</p>"
    ));
    let text = text(&page);
    let lines: Vec<&str> = text.lines().skip(3).collect();
    assert_eq!(
        lines,
        [
            "1. Thi đua sản xuất",
            "2. Thi đua học tập",
            "- Ở trường",
            "- Ở nhà",
            "7. Thi đua khác",
            "c) Rà soát",
            "d) Báo cáo",
            "1) Có số sẵn",
            "Không dấu",
            REST,
        ]
    );
}

#[test]
fn breaks_part_lines_and_a_cut_sentence_is_joined() {
    let page = portal(&format!(
        "<H2>Thông báo lịch tiếp công dân quý II</H2><DIV>{PLAN}<BR>1. Thi \
         đua lao động giỏi, lao động<br>sáng tạo;<br><br>2. Thi đua học tập \
         tốt;<BR/>a) Ở mầm non<br>{REST}</DIV>"
    ));
    let text = text(&page);
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            PLAN,
            "1. Thi đua lao động giỏi, lao động",
            "sáng tạo;",
            "2. Thi đua học tập tốt;",
            "a) Ở mầm non",
            REST
        ]
    );
    let long = "Phong trào thi đua được triển khai sâu rộng đến từng thôn";
    let page = portal(&format!(
        "<h2>Thi đua xây dựng nông thôn mới</h2><p>{PLAN}</p>\
         <p>{long}</p><p>và từng hộ gia đình.</p><p>{REST}</p>"
    ));
    assert!(
        self::text(&page).contains(&format!("\n{long} và từng hộ gia đình.\n"))
    );
}

#[test]
fn inline_tags_do_not_cut_words() {
    let page = portal(&format!(
        "<h1>Thi đua xây dựng nông thôn mới</h1><p>{PLAN}</p><p>Ch<b>ỉ thị</b> \
         s&#7889; <a href=x>16/CT-TTg</a>&nbsp;c&ugrave;ng <font \
         color=red>Kế&shy;hoạch</font>\r\n  n&agrave;y, c&#225;c đơn vị \
         thực hiện.</p>"
    ));
    assert!(text(&page).ends_with(
        "\nChỉ thị số 16/CT-TTg\u{a0}cùng Kế\u{ad}hoạch này, các đơn vị thực \
         hiện."
    ));
}

#[test]
fn rows_of_figures_are_lines_and_layout_tables_are_not() {
    let page = portal(&format!(
        "<h1>Kết quả thi đua năm 2019</h1><p>{PLAN}</p>\
         <table><tr><th>TT</th><th>Đơn vị</th><th>Điểm</th></tr>\
         <tr><td>1</td><td>Huyện Bắc Sơn</td><td>95</td></tr>\
         <tr><td>2</td><td>Huyện Hữu Lũng</td><td>93</td></tr></table>\
         <p>{REST}</p>"
    ));
    assert!(text(&page).contains(
        "\nTT\tĐơn vị\tĐiểm\n1\tHuyện Bắc Sơn\t95\n2\tHuyện Hữu Lũng\t93\n"
    ));
}

#[test]
fn an_official_document_keeps_its_head_in_order() {
    let page = portal(&format!(
        "<table><tr><td><b>UBND TỈNH BẮC SƠN</b></td><td><b>CỘNG HÒA XÃ HỘI \
         CHỦ NGHĨA VIỆT NAM</b><br><b>Độc lập - Tự do - Hạnh phúc</b></td></tr>\
         <tr><td>Số: 25/KH-UBND</td><td><i>Bắc Sơn, ngày 3 tháng 4 năm 2019\
         </i></td></tr></table><p align=center><b>KẾ HOẠCH</b></p>\
         <p align=center><b>Tổ chức phong trào thi đua năm 2019</b></p>\
         <p>{PLAN}</p><p>{REST}</p>\
         <table><tr><td><b>Nơi nhận:</b><br>- Như trên;<br>- Lưu: VT.</td>\
         <td><b>CHỦ TỊCH</b><br><b>Trần Văn An</b></td></tr></table>"
    ));
    let text = text(&page);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "UBND TỈNH BẮC SƠN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 25/KH-UBND",
            "Bắc Sơn, ngày 3 tháng 4 năm 2019",
            "KẾ HOẠCH",
            "Tổ chức phong trào thi đua năm 2019",
            PLAN,
            REST,
            "Nơi nhận:",
            "- Như trên;",
            "- Lưu: VT.",
            "CHỦ TỊCH",
            "Trần Văn An",
        ]
    );
}

#[test]
fn a_box_of_related_articles_inside_is_passed_over() {
    let more = "Theo kế hoạch, mỗi xã chọn một thôn làm điểm, huy động người \
        dân hiến đất làm đường, trồng hoa, vệ sinh ngõ xóm vào cuối tuần.";
    let page = portal(&format!(
        "<h1>Thi đua xây dựng nông thôn mới</h1><div class=body><p>{PLAN}</p>\
         <div class=hop><p>Tin liên quan</p><ul><li><a href=/x>Huyện Bắc Sơn \
         ra quân làm đường</a></ul><p>Cán bộ, Nhân dân huyện Bắc Sơn ra quân \
         làm đường giao thông nông thôn dịp cuối tuần qua.</p></div>\
         <p>{more}</p><p>{REST}</p></div>"
    ));
    assert_eq!(
        text(&page),
        format!("Thi đua xây dựng nông thôn mới\n{PLAN}\n{more}\n{REST}")
    );
}

#[test]
fn comments_captions_and_share_buttons_are_left_out() {
    let page = portal(&format!(
        "<h1>Thi đua xây dựng nông thôn mới</h1><p>{PLAN}</p>\
         <table><tr><td><img src=a.jpg></td></tr><tr><td>Lễ phát động tại \
         huyện Bắc Sơn. Ảnh: Hà Thu</td></tr></table>\
         <figure><img src=b.jpg><figcaption>Người dân làm đường.</figcaption>\
         </figure><p>Ảnh minh họa</p><p>{REST}</p>\
         <div class='social-share'>Chia sẻ <span>Thích 5</span></div>\
         <p>Từ khóa: nông thôn mới, thi đua</p>\
         <div class=nhanxet><h3>Bình luận (1)</h3><p>Chúc tỉnh nhà thực hiện \
         thành công phong trào này, người dân chúng tôi rất ủng hộ.</p></div>"
    ));
    assert_eq!(
        text(&page),
        format!("Thi đua xây dựng nông thôn mới\n{PLAN}\n{REST}")
    );
}

#[test]
fn links_of_the_article_stay() {
    let page = portal(&format!(
        "<h1>Danh mục văn bản về thi đua</h1><p>{PLAN}</p>\
         <p>Các văn bản áp dụng gồm:</p><ol><li><a href=/1>Luật Thi đua, khen \
         thưởng năm 2003</a><li><a href=/2>Nghị định số 91/2017/NĐ-CP</a></ol>\
         <p><a href=/3>Phụ lục danh sách các xã kèm theo Kế hoạch</a></p>\
         <p>{REST}</p>"
    ));
    let text = text(&page);
    assert!(text.contains("\n1. Luật Thi đua, khen thưởng năm 2003\n"));
    assert!(text.contains("\n2. Nghị định số 91/2017/NĐ-CP\n"));
    assert!(text.contains("\nPhụ lục danh sách các xã kèm theo Kế hoạch\n"));
}

#[test]
fn a_notice_of_one_sentence_is_enough() {
    let one = "Ngày 3/4/2019, UBND tỉnh ban hành Công văn số 5/UBND-NC.";
    let page = portal(&format!(
        "<h2 class=title>Công văn về trực lễ 30/4</h2><p>{one}</p>\
         <p>Tin cùng chuyên mục</p><ul><li><a href=/x>Thông báo lịch nghỉ lễ \
         năm 2019</a></ul>"
    ));
    assert_eq!(text(&page), format!("Công văn về trực lễ 30/4\n{one}"));
}

#[test]
fn metadata_is_read() {
    let head = "<title>Đẩy mạnh thi đua | Báo Bắc Sơn</title>\
        <meta property=og:title content='Đẩy mạnh thi đua cuối năm 2019'>\
        <meta property='article:published_time' \
        content='2019-04-05T08:30:00+07:00'>\
        <link rel=canonical href='https://baobacson.example.vn/a.html'>\
        <meta property=og:url content='https://m.baobacson.example.vn/a'>";
    let page = format!(
        "<html><head>{head}</head><body><p>{PLAN}</p><p>{REST}</p></body>"
    );
    let found = document(page.as_bytes());
    assert_eq!(found.title.as_deref(), Some("Đẩy mạnh thi đua cuối năm 2019"));
    assert_eq!(found.date.as_deref(), Some("2019-04-05T08:30:00+07:00"));
    assert_eq!(
        found.url.as_deref(),
        Some("https://baobacson.example.vn/a.html")
    );
    assert_eq!(found.text, format!("{PLAN}\n{REST}"));

    let json = "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \
        \"WebSite\"}, {\"@type\": \"NewsArticle\", \"headline\": \"Thi đua \
        cuối năm\", \"datePublished\": \"2019-04-05\"}]}</script>";
    let page = format!(
        "{json}<h1>Thi đua cuối năm</h1><time datetime=2020-01-01>hôm qua\
         </time><p>{PLAN}</p><p>{REST}</p>"
    );
    let found = document(page.as_bytes());
    // The headline stands in the text, so metadata does not repeat it.
    assert_eq!(found.title, None);
    assert_eq!(found.headline, Some(0.."Thi đua cuối năm".chars().count()));
    assert_eq!(found.date.as_deref(), Some("2019-04-05"));
    assert!(found.text.starts_with("Thi đua cuối năm\n"));
}

#[test]
fn every_paragraph_keeps_its_bytes() {
    for encode in [utf8, utf16] {
        let page = encode(&portal(&format!(
            "<h1>Thi đua &amp; học tập tốt</h1><p> {PLAN} </p><ol><li>Một\
             \r\n hai</ol><p>{REST}</p>"
        )));
        let found = document(&page);
        let chars: Vec<char> = found.text.chars().collect();
        let lines: Vec<String> = found
            .blocks
            .iter()
            .map(|block| chars[block.text.clone()].iter().collect())
            .collect();
        assert_eq!(lines, found.text.lines().collect::<Vec<_>>());
        let archived: Vec<Vec<u8>> = found
            .blocks
            .iter()
            .map(|block| page[block.bytes.clone()].to_vec())
            .collect();
        let wanted =
            ["Thi đua &amp; học tập tốt", PLAN, "<li>Một\r\n hai", REST];
        let bare = |text: &str| encode(text).split_off(encode("").len());
        assert_eq!(archived, wanted.map(bare));
    }
}

fn utf8(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

#[test]
fn legacy_pages_are_read_whatever_they_claim() {
    let page = "<html><head><meta http-equiv=Content-Type \
        content='text/html; charset=iso-8859-1'></head><body>\
        <h1>Uû ban nh©n d©n tØnh ph¸t ®éng thi ®ua</h1>\
        <p>Ngµy 3/4/2019, Uû ban nh&copy;n d&#169;n tØnh ban hµnh KÕ ho¹ch \
        vÒ viÖc ph¸t ®éng phong trµo thi ®ua &shy;u ti&ordf;n n\u{ad}íc s¹ch.</p>\
        </body></html>";
    let bytes: Vec<u8> =
        page.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for page in [bytes, page.as_bytes().to_vec()] {
        let found = document(&page);
        assert_eq!(found.encoding, "tcvn3");
        assert_eq!(
            found.text,
            "Uỷ ban nhân dân tỉnh phát động thi đua\nNgày 3/4/2019, Uỷ ban \
             nhân dân tỉnh ban hành Kế hoạch về việc phát động phong trào thi \
             đua ưu tiên nước sạch."
        );
    }
}

#[test]
fn a_page_without_article_is_an_error() {
    let options = ReadOptions::default();
    let page = portal("<form><input name=q><button>Tìm</button></form>");
    let found = open_reader("page.html", page.as_bytes(), None, &options);
    let errors: Vec<String> =
        found.map(|d| d.unwrap_err().to_string()).collect();
    assert_eq!(errors, ["page.html: the page holds no article; leave it out"]);
}

#[test]
fn plain_text_under_the_name_of_a_page_stays_text() {
    assert_eq!(text("Dòng một\nDòng hai < ba\n"), "Dòng một\nDòng hai < ba\n");
}

#[test]
fn an_article_in_pieces_is_whole() {
    let page = portal(&format!(
        "<h1>Thi đua xây dựng nông thôn mới</h1>\
         <div class=elementor-widget><div><p>{PLAN}</p></div></div>\
         <div class=elementor-widget><div><p>1. Thi đua làm đường;</p></div>\
         </div><div class=elementor-widget><div><p>{REST}</p></div></div>"
    ));
    assert_eq!(
        text(&page),
        format!(
            "Thi đua xây dựng nông thôn mới\n{PLAN}\n1. Thi đua làm đường;\n\
             {REST}"
        )
    );
}

#[test]
fn a_headline_that_links_to_itself_is_kept() {
    let page = portal(&format!(
        "<table><tr><td class=contentheading><a href=/x class=contentpagetitle>\
         Phát động thi đua làm đường</a></td><td><a href=p><img src=p.png></a>\
         </td></tr></table><table><tr><td class=createdate>Thứ sáu, 13 Tháng 5 \
         2022 08:00</td></tr><tr><td><p>{PLAN}</p><p>{REST}</p></td></tr>\
         </table>"
    ))
    .replace("Trang chủ - Cổng", "Phát động thi đua làm đường - Cổng");
    assert_eq!(
        text(&page),
        format!(
            "Phát động thi đua làm đường\nThứ sáu, 13 Tháng 5 2022 08:00\n\
             {PLAN}\n{REST}"
        )
    );
}

#[test]
fn words_that_only_the_style_parts_are_parted() {
    let page = portal(&format!(
        "<h1>Thi đua làm đường mới</h1><p><span class=place>Bắc Sơn</span>\
         {PLAN}</p><p>{REST}</p>"
    ));
    assert!(text(&page).contains(&format!("\nBắc Sơn {PLAN}\n")));
}

#[test]
fn a_banner_that_is_never_closed_does_not_hide_the_page() {
    let page = portal("<h2 class=title>Nghị quyết về mức thu học phí</h2>")
        .replace("<body>", "<body><div id=wm-ipp><p>23 captures</p>");
    assert_eq!(text(&page), "Nghị quyết về mức thu học phí");
    let hidden = "<div style='display:none'><p>Trang này do thư viện lưu trữ \
        thu thập trong một đợt quét, mỗi đợt kéo dài nhiều tháng.</p></div>";
    let page = portal("<h2 class=title>Nghị quyết về mức thu học phí</h2>")
        .replace("<body>", &format!("<body>{hidden}"));
    assert_eq!(text(&page), "Nghị quyết về mức thu học phí");
}

#[test]
fn a_list_of_articles_is_told() {
    let rows: String = (1..=9)
        .map(|day| {
            format!(
                "<tr><td>Huyện Bắc Sơn họp lần {day}</td><td>{day}/5/2019</td>\
                 <td>{PLAN}</td></tr>"
            )
        })
        .collect();
    let page = portal(&format!("<table>{rows}</table>"));
    let found = document(page.as_bytes());
    assert!(found.notes[0].contains("does not say clearly"));
}

#[test]
fn a_link_that_is_never_closed_does_not_swallow_the_article() {
    let steps = "<p>Thi đua làm đường, trồng cây, giữ gìn vệ sinh ở từng \
        thôn, từng xóm, từng hộ gia đình.</p>";
    let page = format!(
        "<h1>Thi đua làm đường mới</h1><a href=x>Xem ảnh<p>{PLAN}</p>{}",
        steps.repeat(9)
    );
    assert_eq!(text(&page).matches("Thi đua làm đường, trồng").count(), 9);
}

/// The text of a hostile page, which must come soon; empty if the page is
/// refused.
fn soon(page: &str) -> String {
    let start = Instant::now();
    let options = ReadOptions::default();
    let mut found = open_reader("p.html", page.as_bytes(), None, &options);
    let text = found.next().unwrap().map(|d| d.text).unwrap_or_default();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    text
}

#[test]
fn hostile_nesting_costs_linear_time() {
    let n = 100_000;
    let article = format!("<h1>Thi đua làm đường mới</h1><p>{PLAN}<p>{REST}");
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b>", ""),
        ("<p><table>", ""),
        ("<ul><li>", "</li></ul>"),
        ("</b>", ""),
        ("</div>", ""),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<a href=x>", ""),
        ("<p>Tin liên quan</p>", ""),
    ] {
        let page = format!("{}{article}{}", open.repeat(n), close.repeat(n));
        let text = soon(&page);
        assert!(
            text.contains(PLAN) || open.starts_with("<a"),
            "{open}: {}",
            text.chars().take(300).collect::<String>()
        );
    }
    let spans = format!("<p><table>{}", "<span>".repeat(n));
    soon(&format!("{spans}{}{article}", "<div>".repeat(n)));
}

#[test]
fn hostile_attributes_and_comments_are_survived() {
    let article = format!("<h1>Thi đua làm đường mới</h1><p>{PLAN}<p>{REST}");
    let long = "x ".repeat(1_000_000);
    for page in [
        format!("<div class='{long}' id='{long}' style='{long}'>{article}"),
        format!("<div {}>{article}", "a=b ".repeat(200_000)),
        format!("<meta name=date content='{long}'>{article}"),
        format!("{article}<!-- {long}"),
        format!("{article}<script>{long}"),
        format!("{article}<p class='{long}"),
        format!("{article}<title>{long}"),
        format!("<title>{long}</title>{article}"),
    ] {
        assert!(soon(&page).contains(PLAN));
    }
}
