using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace MlKit.Dashboard.Components;

/// <summary>
/// A command's result in Markdown as HTML. What a command read somewhere may be hostile: HTML in it is shown as text,
/// links lead to web pages only (others become text), and pictures, which would tell their server that they are looked at, become links.
/// </summary>
internal static class MarkdownText
{
    private const int MaxLength = 1_000_000;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseTaskLists().UseEmphasisExtras().DisableHtml().Build();

    /// <summary>The text as HTML; as it is where its nesting is too deep to be read.</summary>
    public static MarkupString Render(string markdown)
    {
        try
        {
            return new MarkupString(ToHtml(markdown.Length <= MaxLength ? markdown : markdown[..MaxLength]));
        }
        catch (ArgumentException)
        {
            return new MarkupString($"<pre>{System.Net.WebUtility.HtmlEncode(markdown)}</pre>");
        }
    }

    private static string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            link.GetDynamicUrl = null;
            if (IsHarmless(link.Url))
            {
                OpenOutside(link);
            }
            else
            {
                link.ReplaceBy(new ContainerInline(), copyChildren: true);
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (link.IsEmail || IsHarmless(link.Url))
            {
                OpenOutside(link);
            }
            else
            {
                link.ReplaceBy(new LiteralInline(link.Url));
            }
        }

        return document.ToHtml(Pipeline);
    }

    private static void OpenOutside(MarkdownObject link)
    {
        link.GetAttributes().AddPropertyIfNotExist("target", "_blank");
        link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer");
    }

    private static bool IsHarmless(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto");
}
