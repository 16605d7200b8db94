using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What the pipeline says at its end.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineSummary
{
    private readonly List<PipelineSummaryItem> _items = [];

    /// <summary>The lines, in the order in which they were added.</summary>
    public ReadOnlyCollection<PipelineSummaryItem> Items
    {
        get
        {
            lock (_items)
            {
                return new([.. _items]);
            }
        }
    }

    /// <summary>Adds a line.</summary>
    public void Add(string key, string value)
    {
        lock (_items)
        {
            _items.Add(new PipelineSummaryItem(key, value, false));
        }
    }

    /// <summary>Adds a line.</summary>
    public void Add(string key, MarkdownString value)
    {
        lock (_items)
        {
            _items.Add(new PipelineSummaryItem(key, value.Value, true));
        }
    }
}

/// <summary>One line of a <see cref="PipelineSummary"/>.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Value">What is said.</param>
/// <param name="EnableMarkdown">Whether the value is Markdown.</param>
[Experimental("ASPIREPIPELINES001")]
public sealed record PipelineSummaryItem(string Key, string Value, bool EnableMarkdown);
