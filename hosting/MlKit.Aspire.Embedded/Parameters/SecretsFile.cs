using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.State;

namespace Aspire.Hosting;

/// <summary>
/// Secrets in one JSON file that only its owner can read: the project's user secrets where it has an id for them, else a
/// file in the state folder. Written through a temporary file, so that a crash leaves the old or the new one.
/// </summary>
internal sealed class SecretsFile(string path) : IUserSecretsManager
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Lock _gate = new();

    public bool IsAvailable => true;

    public string FilePath { get; } = path;

    public void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(valueGenerator);
        if (!string.IsNullOrEmpty(configuration[name]))
        {
            return;
        }

        lock (_gate)
        {
            var stored = Read();
            var value = stored[name]?.GetValue<string>();
            if (value is null)
            {
                value = valueGenerator();
                stored[name] = value;
                Write(stored);
            }

            configuration.AddInMemoryCollection(new Dictionary<string, string?> { [name] = value });
        }
    }

    public Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        cancellationToken.ThrowIfCancellationRequested();
        var flat = new JsonObject();
        Flatten(state, string.Empty, flat);
        lock (_gate)
        {
            Write(flat);
        }

        return Task.CompletedTask;
    }

    public bool TryDeleteSecret(string name) => TryChange(stored => stored.Remove(name));

    public bool TrySetSecret(string name, string value) => TryChange(stored =>
    {
        stored[name] = value;
        return true;
    });

    private static void Flatten(JsonObject from, string prefix, JsonObject to)
    {
        foreach (var (key, value) in from)
        {
            if (value is JsonObject nested)
            {
                Flatten(nested, $"{prefix}{key}:", to);
            }
            else
            {
                to[prefix + key] = value?.DeepClone();
            }
        }
    }

    private bool TryChange(Func<JsonObject, bool> change)
    {
        try
        {
            lock (_gate)
            {
                var stored = Read();
                if (!change(stored))
                {
                    return false;
                }

                Write(stored);
                return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private JsonObject Read()
    {
        if (!File.Exists(FilePath))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(FilePath)) as JsonObject ?? [];
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The secrets file '{FilePath}' is not valid JSON: {e.Message}", e);
        }
    }

    private void Write(JsonObject stored)
    {
        OwnerOnly.CreateFolder(Path.GetDirectoryName(FilePath)!);
        var temporary = $"{FilePath}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(stored.ToJsonString(Indented));
        }

        File.Move(temporary, FilePath, overwrite: true);
    }
}
