using CsCheck;
using MlKit.Tracking.Ui;
using MlKit.Tracking.Ui.Artifacts;
using MlKit.Tracking.Ui.Charts;
using MlKit.Tracking.Ui.Parts;
using MlKit.Tracking.Ui.Runs;

namespace MlKit.Tests.Parts;

public sealed class PreviewTests
{
    [Fact]
    public void Delimited_text_is_read_with_quotes_and_line_breaks() => Assert.Equal(
        [["a", "b"], ["1, 2", "say \"x\"\nagain"], ["", "z"]],
        DelimitedText.Read("a,b\r\n\"1, 2\",\"say \"\"x\"\"\nagain\"\n,z", ',', 10));

    [Fact]
    public void Nothing_that_was_logged_breaks_a_preview() => Gen.String.Sample(text =>
    {
        DelimitedText.Read(text, ',', 100);
        JsonPreview.Format(text);
        JsonPreview.Table(text, 100);
        SignatureField.Read(text);
        JsonPreview.Tree(text);
        GeoDrawing.Read($"{{\"type\":\"Polygon\",\"coordinates\":{text}}}");
        LoggedImage.Of([text, $"{text}+step+1+timestamp+2+x.png"]);
        ChartOptions.Parse(text);
        MarkdownText.Render(text);
        RunFacts.List(text);
        RunColumn.Parse(text);
    }, iter: 20_000, seed: "0000000000001");

    [Fact]
    public void Columns_are_read_back_from_addresses() => Gen.String.Sample(
        key => new RunColumn(ColumnKind.Metric, key.Trim('`')) == RunColumn.Parse(new RunColumn(ColumnKind.Metric, key.Trim('`')).Id));

    [Fact]
    public void Logged_images_are_read_as_old_and_new_clients_name_them() => Assert.Equal(
        [("a/b", 3L, "images/a~b+step+3+timestamp+9+u+compressed.webp"), ("c", 12L, "images/c%step%12%timestamp%9%u.png")],
        LoggedImage.Of(["images/c%step%12%timestamp%9%u.png", "images/a~b+step+3+timestamp+9+u.png", "images/a~b+step+3+timestamp+9+u+compressed.webp", "images/other.png"])
            .Select(image => (image.Key, image.Step, image.Path)));

    [Fact]
    public void Chart_options_are_read_back_from_addresses()
    {
        var options = new ChartOptions(ChartAxis.Relative, LogX: true, LogY: true, Smoothing: 0.35, IsTrimmed: true, Size: ChartSize.Large);
        Assert.Equal(options, ChartOptions.Parse(options.ToAddress()));
        Assert.Null(new ChartOptions().ToAddress());
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html,<script>)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("![x](vbscript:y)")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)")]
    public void A_description_runs_nothing(string markdown)
    {
        var html = MarkdownText.Render(markdown).Value;
        Assert.DoesNotContain("script:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("=\"data:", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Signatures_of_columns_arrays_and_objects_are_written_out()
    {
        var fields = SignatureField.Read(
            """[{"name":"a","type":"double","required":false},{"type":"tensor","tensor-spec":{"dtype":"int64","shape":[-1]}},{"name":"t","type":"array","items":{"type":"object","properties":{"x":{"type":"string"}}}}]""");
        Assert.Equal(
            [("a", "double", false), ("-1-", "tensor of int64 [-1]", true), ("t", "array of object { x: string }", true)],
            fields.Select(field => (field.Name, field.Type, field.IsRequired)));
    }
}
