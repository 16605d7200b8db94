using System.Collections.Concurrent;
using MlKit.Mlflow;
using MlKit.Scorer.Loading;

namespace MlKit.Scorer.Tests.Support;

/// <summary>A registry in memory, with the faults that a real one can have.</summary>
internal sealed class FakeRegistry : IModelRegistry
{
    private readonly ConcurrentDictionary<(string Name, string Version), byte[]> _files = new();
    private readonly ConcurrentDictionary<(string Name, string Alias), string> _aliases = new();

    /// <summary>The registry cannot be asked, with this reason.</summary>
    public volatile string? Down;

    /// <summary>Files cannot be had, with this reason.</summary>
    public volatile string? DownloadsDown;

    public int Downloads;

    public void Register(string name, string version, byte[] model) => _files[(name, version)] = model;

    public void SetAlias(string name, string alias, string version) => _aliases[(name, alias)] = version;

    public Task<RegistryVersion?> ResolveAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        if (Down is { } reason)
        {
            throw new RegistryException(reason);
        }

        var version = uri.Alias is null ? uri.Version : _aliases.GetValueOrDefault((uri.Name!, uri.Alias));
        return Task.FromResult(version is null ? null : new RegistryVersion(uri.Name!, version, "one", "fake"));
    }

    public async Task DownloadAsync(RegistryVersion version, string folder, CancellationToken cancellationToken)
    {
        if (DownloadsDown is { } reason)
        {
            throw new RegistryException(reason);
        }

        Interlocked.Increment(ref Downloads);
        await File.WriteAllBytesAsync(Path.Combine(folder, "model.onnx"), _files[(version.Name, version.Version)], cancellationToken);
    }
}
