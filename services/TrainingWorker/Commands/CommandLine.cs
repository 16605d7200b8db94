namespace MlKit.TrainingWorker.Commands;

/// <summary>Options of the form <c>--name value</c> and flags of the form <c>--name</c>.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private CommandLine()
    {
    }

    /// <summary>The value of an option, or null where it was not given.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Whether a flag was given.</summary>
    public bool Has(string flag) => _values.ContainsKey(flag);

    /// <summary>Reads the arguments.</summary>
    /// <param name="args">What follows the command.</param>
    /// <param name="options">Names that take a value.</param>
    /// <param name="flags">Names that take none.</param>
    /// <exception cref="InvalidOperationException">An argument is not understood; the message names it.</exception>
    public static CommandLine Parse(string[] args, string[] options, string[] flags)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Length; i++)
        {
            if (flags.Contains(args[i]))
            {
                line._values[args[i]] = "";
            }
            else if (options.Contains(args[i]))
            {
                line._values[args[i]] = i + 1 < args.Length
                    ? args[++i]
                    : throw new InvalidOperationException($"'{args[i]}' needs a value");
            }
            else
            {
                throw new InvalidOperationException($"'{args[i]}' is not understood");
            }
        }

        return line;
    }

    /// <summary>The value of an option that must be there.</summary>
    public string Need(string name) => this[name] ?? throw new InvalidOperationException($"{name} is missing");
}
