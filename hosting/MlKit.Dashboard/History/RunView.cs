using Microsoft.AspNetCore.Components;

namespace MlKit.Dashboard.History;

/// <summary>
/// The run that a visitor looks at. It stands in the address: pages of a past run are below <c>/run/ID/</c>, so that
/// each tab has its own, and a link keeps it.
/// </summary>
internal sealed class RunView(RunArchive archive, NavigationManager navigation)
{
    private RunData? _data;

    /// <summary>The run. On a live connection it follows from the page's base address.</summary>
    public RunData Data => _data ??= RunPath.IdOf(new Uri(navigation.BaseUri).AbsolutePath) is { } id ? archive.Open(id) ?? archive.Live : archive.Live;

    /// <summary>True for a past run: it only can be looked at.</summary>
    public bool IsPast => !Data.IsLive;

    /// <summary>Now, or the end of a past run.</summary>
    public DateTimeOffset Now(TimeProvider time) => IsPast ? Data.Info.EndedAt ?? Data.Info.StartedAt : time.GetUtcNow();

    /// <summary>Settles the run of a request.</summary>
    public void Use(RunData data) => _data = data;
}
