using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace MlKit.Tracking.Ui.Parts;

/// <summary>Descriptions are Markdown that anyone may have logged: no HTML of theirs, no links that run scripts.</summary>
internal static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseTaskLists().DisableHtml().Build();

    public static MarkupString Render(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.Url = IsHarmless(link.Url) ? link.Url : "";
        }

        foreach (var link in document.Descendants<AutolinkInline>())
        {
            link.Url = IsHarmless(link.Url) || link.IsEmail ? link.Url : "";
        }

        return new MarkupString(document.ToHtml(Pipeline));
    }

    private static bool IsHarmless(string? url) => string.IsNullOrEmpty(url)
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? uri.Scheme is "http" or "https" or "mailto" || url.StartsWith('/')
            : !url.Contains(':', StringComparison.Ordinal));
}
