// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeCastLib} from "solady/utils/SafeCastLib.sol";

/// @title ERC-20 shares that remember who held them at a declaration
/// @notice Snapshots are lazy: an account's balance is written down the first time it changes after one. When a tranche
/// is practically wiped out its epoch closes: balances of the old class are worth nothing, yet remain in the snapshots.
abstract contract TrancheShares {
    /// @dev What an account held at the snapshots numbered in (since, through].
    struct Past {
        uint32 since;
        uint32 through;
        uint144 balance;
    }

    /// @notice Shares moved. From zero: deposited; to zero: struck; to the vault: requested to be redeemed. When an
    /// epoch closes its shares are void without an event a holder: the vault's EpochClosed says so for all.
    event Transfer(address indexed from, address indexed to, uint256 amount);
    /// @notice `spender` may from now on move, or ask to redeem, up to `amount` of the owner's shares; the largest
    /// number is no limit. Not emitted as the allowance is used up.
    event Approval(address indexed owner, address indexed spender, uint256 amount);

    /// @notice The sender holds less than needed of the current class of shares.
    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);
    /// @notice The owner allows the spender less than needed.
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);
    /// @notice Shares are not sent to the zero address; they are given up by redeeming.
    error ERC20InvalidReceiver(address receiver);

    /// @dev Supply u144 | epoch u32 | newest snapshot u32.
    uint256 private _supply;
    /// @dev Balance u144 | epoch u32 | snapshots seen u32.
    mapping(address => uint256) private _balances;
    mapping(address => Past[]) private _past;
    mapping(uint256 => uint256) private _supplyAt;
    /// @dev Snapshot with which an epoch closed.
    mapping(uint256 => uint256) private _closedWith;
    mapping(address => mapping(address => uint256)) private _allowances;

    /// @notice Shares of the current class, those that wait to be struck included.
    function totalSupply() public view returns (uint256) {
        return uint144(_supply);
    }

    /// @notice Shares of the current class that an account holds; those it has asked to redeem are the vault's.
    function balanceOf(address account) public view returns (uint256) {
        uint256 word = _balances[account];
        return uint32(word >> 144) == _epoch() ? uint144(word) : 0;
    }

    /// @notice Shares of the owner that the spender may still move; the largest number is no limit and is not used up.
    function allowance(address owner, address spender) public view returns (uint256) {
        return _allowances[owner][spender];
    }

    /// @notice Lets `spender` move up to `amount` of the caller's shares, replacing what it might before.
    function approve(address spender, uint256 amount) external returns (bool) {
        _allowances[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
        return true;
    }

    /// @notice Moves shares of the caller; reverts where it holds less.
    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    /// @notice Moves shares of `from` by its allowance to the caller.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        _spend(from, msg.sender, amount);
        _move(from, to, amount);
        return true;
    }

    function _epoch() internal view returns (uint256) {
        return uint32(_supply >> 144);
    }

    /// @dev Number of the newest snapshot; 0 where there is none.
    function _newestSnapshot() internal view returns (uint256) {
        return _supply >> 176;
    }

    function _spend(address owner, address spender, uint256 amount) internal {
        uint256 allowed = _allowances[owner][spender];
        if (allowed == type(uint256).max) return;
        if (allowed < amount) revert ERC20InsufficientAllowance(spender, allowed, amount);
        _allowances[owner][spender] = allowed - amount;
    }

    function _move(address from, address to, uint256 amount) internal {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        uint256 supply = _supply;
        uint256 balance = _remember(from, supply);
        if (balance < amount) revert ERC20InsufficientBalance(from, balance, amount);
        _write(from, balance - amount, supply);
        _write(to, _remember(to, supply) + amount, supply);
        emit Transfer(from, to, amount);
    }

    function _mint(address to, uint256 amount) internal {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        uint256 supply = _supply;
        _write(to, _remember(to, supply) + amount, supply);
        _setSupply(uint144(supply) + amount, supply >> 144);
        emit Transfer(address(0), to, amount);
    }

    function _burn(address from, uint256 amount) internal {
        uint256 supply = _supply;
        uint256 balance = _remember(from, supply);
        if (balance < amount) revert ERC20InsufficientBalance(from, balance, amount);
        _write(from, balance - amount, supply);
        _setSupply(uint144(supply) - amount, supply >> 144);
        emit Transfer(from, address(0), amount);
    }

    /// @dev A new snapshot of all balances; where `close`, the class ends with it.
    function _snapshot(bool close) internal returns (uint256 number) {
        uint256 supply = _supply;
        uint256 epoch = uint32(supply >> 144);
        number = (supply >> 176) + 1;
        _supplyAt[number] = uint144(supply);
        if (close) {
            _closedWith[epoch] = number;
            _setSupply(0, (epoch + 1) | (number << 32));
        } else {
            _setSupply(uint144(supply), epoch | (number << 32));
        }
    }

    /// @dev Shares of an account and of all at a snapshot.
    function _at(uint256 snapshot, address account) internal view returns (uint256 shares, uint256 supply) {
        if (snapshot == 0) return (0, 0);
        supply = _supplyAt[snapshot];
        Past[] storage past = _past[account];
        uint256 low;
        uint256 high = past.length;
        while (low < high) {
            uint256 mid = (low + high) >> 1;
            if (past[mid].through < snapshot) low = mid + 1;
            else high = mid;
        }
        if (low < past.length) return (past[low].since < snapshot ? past[low].balance : 0, supply);
        uint256 word = _balances[account];
        if (word >> 176 < snapshot && snapshot <= _validThrough(word)) shares = uint144(word);
    }

    /// @dev Last snapshot at which a stored balance still counted: the newest, or the one its epoch closed with.
    function _validThrough(uint256 word) private view returns (uint256) {
        uint256 closed = _closedWith[uint32(word >> 144)];
        return closed == 0 ? type(uint32).max : closed;
    }

    /// @dev Writes down what an account held if a snapshot was taken since it was last written; returns what it holds of
    /// the current class.
    function _remember(address account, uint256 supply) private returns (uint256 balance) {
        uint256 word = _balances[account];
        balance = uint144(word);
        uint256 newest = supply >> 176;
        if (word >> 176 < newest && balance != 0) {
            uint256 through = _validThrough(word);
            if (through > newest) through = newest;
            _past[account].push(Past(uint32(word >> 176), uint32(through), uint144(balance)));
        }
        if (uint32(word >> 144) != uint32(supply >> 144)) balance = 0;
    }

    function _write(address account, uint256 balance, uint256 supply) private {
        if (balance >> 144 != 0) revert SafeCastLib.Overflow();
        _balances[account] = balance | ((supply >> 144) << 144);
    }

    function _setSupply(uint256 amount, uint256 tags) private {
        if (amount >> 144 != 0) revert SafeCastLib.Overflow();
        _supply = amount | (tags << 144);
    }
}
