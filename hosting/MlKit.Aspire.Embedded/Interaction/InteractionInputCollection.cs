using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aspire.Hosting;

/// <summary>What the user is asked for in one dialog.</summary>
/// <param name="inputs">The inputs; their names differ without regard to case.</param>
public sealed class InteractionInputCollection(IReadOnlyList<InteractionInput> inputs) : IReadOnlyList<InteractionInput>
{
    private readonly IReadOnlyList<InteractionInput> _inputs = inputs ?? throw new ArgumentNullException(nameof(inputs));
    private readonly Dictionary<string, InteractionInput> _byName = inputs.ToDictionary(i => i.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>How many.</summary>
    public int Count => _inputs.Count;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _inputs.Select(i => i.Name);

    /// <summary>An input by its place.</summary>
    /// <param name="index">From 0.</param>
    public InteractionInput this[int index] => _inputs[index];

    /// <summary>An input by its name.</summary>
    /// <param name="name">The name, without regard to case.</param>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public InteractionInput this[string name] => _byName.TryGetValue(name, out var input)
        ? input
        : throw new KeyNotFoundException($"There is no input '{name}'. Inputs: {string.Join(", ", Names)}.");

    /// <summary>Whether there is an input of this name.</summary>
    /// <param name="name">The name, without regard to case.</param>
    public bool ContainsName(string name) => _byName.ContainsKey(name);

    /// <summary>Finds an input by its name.</summary>
    /// <param name="name">The name, without regard to case.</param>
    /// <param name="input">The input.</param>
    public bool TryGetByName(string name, [NotNullWhen(true)] out InteractionInput? input) => _byName.TryGetValue(name, out input);

    /// <summary>The value of an input.</summary>
    /// <param name="name">The name, without regard to case.</param>
    public string? GetString(string name) => this[name].Value;

    /// <summary>The value of an input as yes or no; empty is no.</summary>
    /// <param name="name">The name, without regard to case.</param>
    public bool GetBoolean(string name) => this[name].Value is { Length: > 0 } value && bool.Parse(value);

    /// <summary>The value of an input as an integer.</summary>
    /// <param name="name">The name, without regard to case.</param>
    public int GetInt32(string name) => int.Parse(this[name].Value ?? string.Empty, CultureInfo.InvariantCulture);

    /// <summary>The value of an input as a number.</summary>
    /// <param name="name">The name, without regard to case.</param>
    public double GetDouble(string name) => double.Parse(this[name].Value ?? string.Empty, CultureInfo.InvariantCulture);

    /// <summary>The inputs, in order.</summary>
    public InteractionInput[] ToArray() => [.. _inputs];

    /// <inheritdoc/>
    public IEnumerator<InteractionInput> GetEnumerator() => _inputs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
