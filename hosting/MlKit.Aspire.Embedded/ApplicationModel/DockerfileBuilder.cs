namespace Aspire.Hosting.ApplicationModel.Docker;

/// <summary>Composes a Dockerfile.</summary>
public class DockerfileBuilder
{
    private readonly List<string> _arguments = [];
    private readonly List<DockerfileStage> _stages = [];

    /// <summary>The stages in their order.</summary>
    public IReadOnlyList<DockerfileStage> Stages => _stages;

    /// <summary>Declares a build argument for all stages.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="defaultValue">Its value where none is given.</param>
    public DockerfileBuilder Arg(string name, string? defaultValue = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _arguments.Add(defaultValue is null ? $"ARG {name}" : $"ARG {name}={defaultValue}");
        return this;
    }

    /// <summary>Begins a stage.</summary>
    /// <param name="image">The image that it starts from.</param>
    /// <param name="stageName">Its name; null for none.</param>
    public DockerfileStage From(string image, string? stageName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        var stage = new DockerfileStage(image, stageName);
        _stages.Add(stage);
        return stage;
    }

    /// <summary>Writes the Dockerfile.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task WriteAsync(StreamWriter writer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        await writer.WriteAsync(ToString().AsMemory(), cancellationToken).ConfigureAwait(false);
        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The text of the Dockerfile.</summary>
    public override string ToString()
    {
        var parts = _stages.Select(stage => string.Concat(stage.Lines.Select(line => line + "\n")));
        return string.Concat(_arguments.Select(line => line + "\n")) + string.Join('\n', parts);
    }
}

/// <summary>A stage of a Dockerfile.</summary>
public class DockerfileStage
{
    private readonly List<string> _lines;

    internal DockerfileStage(string image, string? stageName)
    {
        StageName = stageName;
        _lines = [stageName is null ? $"FROM {image}" : $"FROM {image} AS {stageName}"];
    }

    /// <summary>Its name; null for none.</summary>
    public string? StageName { get; }

    internal IReadOnlyList<string> Lines => _lines;

    /// <summary>Declares a build argument.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="defaultValue">Its value where none is given.</param>
    public DockerfileStage Arg(string name, string? defaultValue = null) => Add(defaultValue is null ? $"ARG {name}" : $"ARG {name}={defaultValue}");

    /// <summary>Sets the working folder.</summary>
    /// <param name="path">The folder.</param>
    public DockerfileStage WorkDir(string path) => Add($"WORKDIR {path}");

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command of a shell.</param>
    public DockerfileStage Run(string command) => Add($"RUN {command}");

    /// <summary>Runs a command with mounts.</summary>
    /// <param name="command">The command of a shell.</param>
    /// <param name="mounts">Each as after <c>--mount=</c>.</param>
    public DockerfileStage RunWithMounts(string command, params string[] mounts) =>
        Add($"RUN {string.Concat(mounts.Select(mount => $"--mount={mount} "))}{command}");

    /// <summary>Copies from the build context.</summary>
    /// <param name="source">What.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="chown">Who owns it; null leaves that.</param>
    public DockerfileStage Copy(string source, string destination, string? chown = null) =>
        Add($"COPY {Owner(chown)}{source} {destination}");

    /// <summary>Copies from another stage or image.</summary>
    /// <param name="from">Which.</param>
    /// <param name="source">What.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="chown">Who owns it; null leaves that.</param>
    public DockerfileStage CopyFrom(string from, string source, string destination, string? chown = null) =>
        Add($"COPY --from={from} {Owner(chown)}{source} {destination}");

    /// <summary>Sets a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public DockerfileStage Env(string name, string value) => Add($"ENV {name}={value}");

    /// <summary>Declares a port.</summary>
    /// <param name="port">The port.</param>
    public DockerfileStage Expose(int port) => Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"EXPOSE {port}"));

    /// <summary>Sets what runs where nothing is said.</summary>
    /// <param name="command">Program and arguments.</param>
    public DockerfileStage Cmd(string[] command) => Add($"CMD {System.Text.Json.JsonSerializer.Serialize(command)}");

    /// <summary>Sets what runs.</summary>
    /// <param name="command">Program and arguments.</param>
    public DockerfileStage Entrypoint(string[] command) => Add($"ENTRYPOINT {System.Text.Json.JsonSerializer.Serialize(command)}");

    /// <summary>Sets the user.</summary>
    /// <param name="user">The user.</param>
    public DockerfileStage User(string user) => Add($"USER {user}");

    /// <summary>Adds a comment.</summary>
    /// <param name="comment">The comment.</param>
    public DockerfileStage Comment(string comment) => Add($"# {comment}");

    /// <summary>Adds an empty line.</summary>
    public DockerfileStage EmptyLine() => Add("");

    private static string Owner(string? chown) => chown is null ? "" : $"--chown={chown} ";

    private DockerfileStage Add(string line)
    {
        _lines.Add(line);
        return this;
    }
}
